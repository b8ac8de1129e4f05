"""What people ask again and again, as invented offices would answer: no sum, no telephone number.

Each entry: office, days since it was last looked at, how many it helped and did not help, then
question and answer in Korean and, for a third of them, in English. More than 180 days are stale.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ready:
    """One invented article."""

    office: str
    ago: int
    helped: tuple[int, int]
    ko: tuple[str, str]
    en: tuple[str, str] = ("", "")


READY = (
    Ready("recycling", 12, (14, 1),
          ("대형폐기물은 어떻게 버리나요?",
           "가구나 냉장고처럼 큰 물건은 먼저 신고하고 버립니다.\n\n1. 사는 곳의 구청 누리집이나 주민센터에서 신고합니다.\n2. 물건마다 정해진 수수료를 냅니다. 금액은 구마다 다릅니다.\n3. 받은 번호를 물건에 붙이고, 정한 날 집 앞에 내놓습니다.\n\n쓸 수 있는 가전제품은 무료로 가져가는 서비스를 먼저 알아보세요."),
          ("How do I throw away large waste such as furniture?",
           "Large things such as furniture or a fridge are reported first.\n\n1. Report it on the website of your borough office or at a community centre.\n2. Pay the fee of the thing. It differs from borough to borough.\n3. Put the number you get on the thing and leave it in front of your house on the day you chose.\n\nElectric goods that still work may be collected free of charge.")),
    Ready("parking", 30, (9, 2),
          ("거주자우선주차는 어떻게 신청하나요?",
           "사는 동네의 주차 구획을 정해진 기간 동안 혼자 쓰는 제도입니다. 사는 구의 시설관리공단 누리집이나 주민센터에서 신청합니다.\n\n자리가 모자라면 순서를 기다립니다. 순서는 거주 기간, 차의 종류, 장애 여부 따위로 정합니다. 신분증과 자동차 등록증이 필요합니다."),
          ("How do I apply for resident parking?",
           "Resident parking lets you use a marked space near your home for a set time. Apply on the website of your borough’s facility corporation or at a community centre.\n\nIf there are too few spaces you wait your turn. Bring an identity card and the registration of your car.")),
    Ready("urban-railway", 5, (21, 2),
          ("지하철에서 잃어버린 물건은 어떻게 찾나요?",
           "내린 시각과 타고 있던 칸을 먼저 적어 두세요.\n\n1. 가까운 역에 바로 알리면 그 열차를 확인합니다.\n2. 찾은 물건은 호선마다 있는 유실물센터로 모입니다.\n3. 며칠이 지나면 경찰청 유실물 누리집에서도 찾을 수 있습니다.\n\n찾으러 갈 때는 신분증을 가져가세요."),
          ("I lost something in the subway. How do I find it?",
           "First write down when you got off and in which carriage you sat.\n\n1. Tell the nearest station at once: the train is searched.\n2. What is found goes to the lost property office of that line.\n3. After some days it is also listed on the lost property site of the police.\n\nBring an identity card when you collect it.")),
    Ready("bus-policy", 20, (17, 0),
          ("심야버스(올빼미버스)는 어디로 다니나요?",
           "올빼미버스는 자정 무렵부터 새벽까지 다니는 N으로 시작하는 버스입니다. 노선과 도착 시각은 정류장 안내판과 지도 앱에서 볼 수 있습니다.\n\n낮에 쓰는 교통카드를 그대로 씁니다. 요금은 낮 버스와 다릅니다."),
          ("Where do the night buses go?",
           "Night buses, called Owl buses, run from about midnight until early morning. Their numbers begin with N. You see routes and times on the sign at the stop and in map apps.\n\nYour usual transport card works. The fare differs from the one by day.")),
    Ready("animals", 45, (8, 1),
          ("반려동물 등록은 어떻게 하나요?",
           "개를 기르기 시작하면 정해진 기간 안에 등록해야 합니다. 등록을 맡은 동물병원이나 구청에서 합니다.\n\n몸 안에 넣는 칩과 목에 거는 이름표 가운데 고릅니다. 사는 곳이나 주인이 바뀌면 바뀐 것도 알려 주세요. 고양이도 원하면 등록할 수 있습니다."),
          ("How do I register my dog?",
           "A dog has to be registered within a set time after it comes to you. An animal clinic that takes part or the borough office does it.\n\nYou choose a chip under the skin or a tag on the collar. Tell us when your address changes.")),
    Ready("libraries", 60, (11, 0),
          ("도서관 회원증은 어떻게 만드나요?",
           "서울에 살거나 일하거나 학교에 다니면 만들 수 있습니다. 도서관 누리집에서 가입한 다음, 신분증을 가지고 가까운 도서관에 한 번 오세요.\n\n한 장으로 여러 도서관에서 책을 빌립니다. 휴대전화 회원증도 됩니다."),
          ("How do I get a library card?",
           "You can have one if you live, work or study in Seoul. Join on the website of the library, then come once with an identity card.\n\nOne card works in many libraries, and a card on your phone does too.")),
    Ready("youth", 8, (19, 4),
          ("청년수당은 누가, 언제 신청하나요?",
           "서울에 사는 청년 가운데 일자리를 찾는 사람을 돕는 제도입니다. 나이와 소득의 기준, 신청 기간은 해마다 공고로 정합니다.\n\n공고와 신청서는 서울시 청년 누리집에 있습니다. 알림을 신청해 두면 날짜를 놓치지 않습니다."),
          ("Who can apply for the youth allowance, and when?",
           "It helps young people in Seoul who look for work. Age, income and the days for applying are set anew each year.\n\nThe notice and the form are on the city’s website for young people. Ask for a reminder there so that you miss no date.")),
    Ready("living-environment", 15, (13, 3),
          ("공사장 소음이 심할 때는 어디에 말하나요?",
           "공사장 소음은 사는 구의 환경과가 직접 재고 단속합니다. 여기에 위치와 시각을 적어 보내 주시면 맡은 구로 전합니다.\n\n소음이 나는 때를 적어 두면 잴 때 도움이 됩니다. 한밤이나 새벽의 공사는 따로 정한 기준이 있습니다."),
          ("Whom do I tell about noise from a building site?",
           "The environment division of your borough measures it and acts. Write to us with the place and the hours, and we pass it on.\n\nA note of when it is loud helps those who measure. At night and in the early morning stricter limits hold.")),
    Ready("water-circulation", 200, (7, 5),
          ("하수구 냄새가 심할 때는 어떻게 하나요?",
           "길의 빗물받이나 맨홀에서 나는 냄새는 시와 구가 처리합니다. 위치를 적어 보내 주세요. 사진이 있으면 더 빨리 찾습니다.\n\n집 안 배수구라면 먼저 물을 부어 물막이가 마르지 않았는지 살펴보세요.")),
    Ready("tax", 25, (10, 1),
          ("자동차세는 언제, 어떻게 내나요?",
           "자동차세는 해마다 두 번 나누어 냅니다. 고지서의 은행 계좌, 서울시 세금 누리집과 앱, 편의점에서 낼 수 있습니다.\n\n한 해 치를 먼저 내면 깎아 주는 때가 있습니다. 차를 판 뒤에는 날수만큼 다시 계산합니다.")),
    Ready("walking-cycling", 40, (12, 2),
          ("따릉이를 빌리다 고장이 나면 어떻게 하나요?",
           "타기 전에 바퀴와 브레이크를 먼저 살펴보세요. 고장 난 자전거는 가까운 대여소에 돌려놓고 앱에서 고장 신고를 누르면 됩니다.\n\n고장으로 못 탄 시간은 신고하면 이용 시간에서 빼 드립니다."),
          ("What do I do if my public bicycle is broken?",
           "Look at tyres and brakes before you ride. Bring a broken bicycle back to a station nearby and report it in the app.\n\nTime you could not ride is taken off once you report it.")),
    Ready("childcare", 210, (6, 2),
          ("어린이집 입소는 어떻게 신청하나요?",
           "임신육아 누리집에서 원하는 어린이집을 골라 대기를 신청합니다. 아이 한 명이 여러 곳에 함께 신청할 수 있습니다.\n\n순서는 맞벌이, 다자녀처럼 정해진 점수로 정합니다. 결과는 문자로 알려 드립니다.")),
    Ready("waterworks", 18, (9, 0),
          ("이사할 때 수도요금은 어떻게 정산하나요?",
           "이사하는 날 계량기 숫자를 읽어 알려 주시면 그날까지의 요금을 바로 계산합니다. 수도 누리집에서 하거나, 사는 곳을 맡은 수도사업소에 말씀하세요.\n\n새로 들어오는 분의 이름으로 함께 바꿀 수 있습니다.")),
    Ready("health", 33, (15, 1),
          ("독감 예방접종은 어디에서 무료로 맞나요?",
           "정해진 나이의 어린이와 어르신, 임신부는 무료로 맞습니다. 보건소와, 접종을 맡은 동네 병원에서 맞을 수 있습니다.\n\n신분증이나 나이를 알 수 있는 것을 가져가세요. 시작하는 날은 나이에 따라 다르고 가을에 공고합니다.")),
    Ready("welfare", 27, (8, 2),
          ("갑자기 생활이 어려워졌을 때 어떤 도움이 있나요?",
           "일자리를 잃거나 크게 아파 생활이 어려우면 긴급 지원을 신청할 수 있습니다. 가까운 주민센터에서 먼저 이야기를 들어 드립니다.\n\n서류가 모자라도 괜찮습니다. 먼저 오시거나 120에 말씀하세요.")),
    Ready("seniors", 190, (5, 3),
          ("어르신 교통카드는 어떻게 받나요?",
           "정해진 나이가 되면 주민센터나 은행에서 신청합니다. 신분증을 가져오세요.\n\n카드를 잃어버리면 바로 정지하고 다시 받을 수 있습니다. 다른 사람에게 빌려주면 안 됩니다.")),
    Ready("disability", 22, (6, 0),
          ("장애인콜택시는 어떻게 이용하나요?",
           "먼저 한 번 이용자 등록을 합니다. 그다음부터 전화나 앱으로 부를 수 있습니다.\n\n아침과 저녁에는 기다리는 시간이 깁니다. 앱에서 앞에 몇 명이 있는지 볼 수 있습니다.")),
    Ready("education", 50, (4, 0),
          ("평생학습 강좌는 어디에서 찾나요?",
           "서울시와 각 구가 여는 강좌를 평생학습 누리집에서 한꺼번에 찾을 수 있습니다. 사는 곳과 요일로 골라 보세요.\n\n많은 강좌가 무료이거나 재료비만 받습니다.")),
    Ready("road-management", 14, (7, 1),
          ("길이 패었거나 가로등이 꺼졌을 때는 어디에 말하나요?",
           "여기 첫 화면에서 바로 알려 주세요. 위치를 지도나 가까운 건물로 적고 사진을 붙이면 빨리 찾습니다. 가로등은 기둥의 번호가 도움이 됩니다.\n\n지금 위험하면 119나 112에 먼저 전화하세요.")),
    Ready("jobs", 70, (5, 1),
          ("일한 돈을 못 받았을 때 어디에서 상담받나요?",
           "서울시 노동 상담소에서 노무사가 무료로 상담합니다. 일한 날과 약속한 돈을 적은 것, 문자나 통장 기록을 모아 오세요.\n\n퇴근 뒤와 주말에 여는 상담소도 있습니다.")),
    Ready("housing", 38, (9, 4),
          ("전세 계약을 하기 전에 무엇을 확인하나요?",
           "등기부에서 집주인과 빚을 먼저 확인하세요. 계약하는 사람이 집주인이 맞는지 신분증도 봅니다.\n\n이사한 날 전입신고와 확정일자를 함께 받으세요. 시의 전월세 상담 창구에서 계약서를 무료로 봐 드립니다.")),
    Ready("parks", 16, (6, 0),
          ("공원에서 텐트나 그늘막을 쳐도 되나요?",
           "정해진 자리와 시간에만 칠 수 있습니다. 공원마다 자리와 철이 다르니 입구 안내판이나 공원 누리집을 먼저 보세요.\n\n불을 피우거나 밤을 새우는 것은 안 됩니다.")),
    Ready("digital", 90, (3, 1),
          ("공공 와이파이에는 어떻게 연결하나요?",
           "휴대전화의 와이파이 목록에서 서울시 이름으로 시작하는 것을 고르면 됩니다. 자물쇠가 있는 것이 더 안전합니다.\n\n버스, 공원, 시장, 주민센터에서 쓸 수 있습니다.")),
)  # fmt: skip
# Answered cases of the invented voices that an officer made an article from: question, answer.
MADE = {
    "길고양이 급식소 때문에 이웃끼리 다툽니다. 기준을 알려 주세요.": (
        "길고양이 급식소는 어디에 둘 수 있나요?",
        "공원과 공공터에는 정해진 자리에만 둘 수 있습니다. 이웃과 다툼이 있으면 구청이 함께 만나 자리를 정합니다.",
    ),
    "재활용 분리수거 날짜가 우리 동네만 달라요. 왜 그런가요?": (
        "재활용품은 무슨 요일에 내놓나요?",
        "구마다 수거 업체와 차고지가 달라서 요일도 다릅니다. 우리 동네 날짜는 구청 누리집에서 볼 수 있습니다.",
    ),
}
GONE = (
    "sports",
    "서울광장 스케이트장은 올해 언제 여나요?",
    "12월 셋째 주에 엽니다. 시간과 요금은 공고에 있습니다.",
    "지난해 날짜라서 내렸습니다.",
)
