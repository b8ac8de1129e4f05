"""The keyword table as it starts: which words speak for which office.

Strengths: 4 points name the thing that is broken, 3 a subject of one office, 2 a place or a thing
that routes alone when nothing else is named, 1 only supports (so do longer forms of a word that
stands in the table already: both count). Words that hold another office's word have more. Words
of disaster decide alone, for Safety.

All are literals, found in Korean with and without spaces; English words are found whole, singular
and plural. The table is kept in the admin from then on.
"""

Seed = tuple[str, str, str, float, bool]  # office's slug, words, pattern, points, decides

# office's slug, points, words with commas between them
WORDS: tuple[tuple[str, float, str], ...] = (
    # -- transport
    ("bus-policy", 2, "버스, 배차, 무정차, 난폭운전, bus"),
    ("bus-policy", 1, "시내버스, 마을버스, 심야버스, 올빼미버스, 저상버스, 광역버스, 버스기사, 버스노선, 버스전용차로, 배차간격"),
    ("bus-policy", 1, "정류장, 정류소, 막차, 첫차, 환승, 기사님, bus stop, bus driver, bus route, night bus, bus lane, timetable"),
    ("urban-railway", 3, "스크린도어, 안전문이, 전동차, 환승통로, 개찰구, 승강장, 역무원, platform door, turnstile"),
    ("urban-railway", 2, "지하철, 전철, 급행열차, 혼잡도, subway, metro"),
    ("urban-railway", 1, "열차, 냉방, 출구, 에스컬레이터, train, escalator, subway station"),
    ("taxi-policy", 3, "택시, 승차거부, 부당요금, taxi, cab driver"),
    ("taxi-policy", 1, "콜택시, 미터기, 합승, fare"),
    ("traffic-operations", 4, "신호등, 횡단보도, 과속방지턱, 보행신호, traffic light, crosswalk, zebra crossing, pedestrian crossing, speed bump"),
    ("traffic-operations", 3, "어린이보호구역, 스쿨존, 신호체계, 교통표지판, 좌회전, 유턴, 과속, school zone, speed limit, traffic sign, left turn"),
    ("traffic-operations", 2, "교통신호, 교통체증, 정지선, traffic jam"),
    ("traffic-operations", 1, "신호, 차선, 교차로, 사거리, traffic, intersection"),
    ("parking", 3, "주정차, 견인, car park"),
    ("parking", 2, "주차, parking"),
    ("parking", 1, "주차장, 불법주차, 불법 주정차, 거주자우선주차, 주차단속, 이중주차, 주차딱지, illegal parking, parking lot, parking ticket"),
    ("walking-cycling", 4, "따릉이, 자전거도로, 전동킥보드, 차 없는 거리, public bike, cycle lane, bike lane, e-scooter, kick scooter"),
    ("walking-cycling", 3, "킥보드, 공공자전거, bike rack"),
    ("walking-cycling", 2, "자전거, 보행로, bicycle, cyclist"),
    ("walking-cycling", 1, "자전거 거치대"),
    # -- safety, roads
    ("safety", 3, "안전진단, 옹벽, 축대, 위험시설, 재난문자, 대피소, 안전점검, retaining wall, emergency shelter, safety inspection"),
    ("safety", 2, "균열, 지진, 태풍, 폭설, 인파, 압사, earthquake, typhoon, overcrowding"),
    ("safety", 1, "위험, 금이 갔, 금이 가, dangerous, crack"),
    ("road-management", 4, "포트홀, 도로파손, 도로포장, 가로등, 맨홀, 제설, 도로에 구멍, pothole, street light, streetlight, street lamp, manhole"),
    ("road-management", 3, "아스팔트, 염화칼슘, 빙판길, 지하차도, 방음벽, 중앙분리대, snow removal, road surface, road damage, icy road"),
    ("road-management", 2, "도로가 패, 도로가 파, 차도에, 차도가, 도로 공사, 고가도로, roadworks"),
    ("road-management", 1, "도로, 터널, 빙판, 결빙, road, asphalt"),
    ("sidewalks", 4, "보도블록, 보도블럭, 점자블록, 점자블럭, 볼라드, 보도 턱, 입간판, paving stone, paving block, tactile paving, bollard"),
    ("sidewalks", 3, "인도에, 인도가, 인도 위, 노점, 적치물, sidewalk, pavement, kerb, curb"),
    ("sidewalks", 2, "보행 불편, 턱이 높, street vendor"),
    ("sidewalks", 1, "울퉁불퉁, 걸려 넘어, 유모차, 걸림돌, pushchair, stroller, tripped"),
    ("fire", 4, "소화전, 방화문, 비상구, fire hydrant, fire engine, fire exit, fire door"),
    ("fire", 2, "소방차"),
    ("fire", 3, "소화기, 화재경보, 소방시설, 스프링클러, 소방서, fire alarm, sprinkler"),
    # -- water
    ("water-circulation", 4, "빗물받이, 하수구, 하수도, 하수관, 배수구, storm drain, sewer"),
    ("water-circulation", 3, "정화조, 역류, 하수 냄새, 배수가, 물이 안 빠, sewage, septic tank"),
    ("water-circulation", 1, "빗물, 배수, 웅덩이, drain, puddle"),
    ("rivers", 3, "하천, 개천, 청계천, 안양천, 중랑천, 탄천, 양재천, 홍제천, 불광천, stream bank"),
    ("rivers", 2, "징검다리, 물고기가 죽, 둔치, stream"),
    ("hangang", 4, "수상택시, 한강버스, hangang park"),
    ("hangang", 3, "한강공원, 한강시민공원, 여의나루, han river"),
    ("hangang", 2, "한강, 고수부지, 선착장, hangang"),
    ("hangang", 1, "한강변"),
    ("waterworks", 4, "수돗물, 녹물, 단수, 수압, tap water, water pressure, rusty water"),
    ("waterworks", 3, "상수도, 아리수, 수도요금, 누수, 수도관, 수도계량기, 정수장, water bill, water leak, water main, water meter"),
    # -- green, climate
    ("parks", 3, "놀이터, 운동기구, 숲길, 둘레길, 그네, 미끄럼틀, playground, hiking trail, swing"),
    ("parks", 2, "공원, 산책로, 등산로, 벤치, 남산, 서울숲, park, bench"),
    ("parks", 1, "어린이공원, 근린공원, 공원 벤치, 공원 화장실, 약수터, 정자, 휴식 공간, 잔디, park bench, lawn"),
    ("street-trees", 4, "가로수, 은행나무, 은행 열매, 가지치기, 플라타너스, street tree, ginkgo, pruning, fallen tree"),
    ("street-trees", 3, "꽃가루, 나뭇가지, 나무가 쓰러, 화단, 꽃길, 낙엽, fallen leaves, flower bed"),
    ("street-trees", 1, "녹지, 나무, 꽃밭, 벌레가 나무, tree, branch"),
    ("climate", 3, "전기차 충전, 충전소, 태양광, 에코마일리지, 온실가스, 탄소중립, charging station, solar panel, carbon"),
    ("climate", 2, "기후위기, 에너지 절약, 전기차, electric car, energy saving, climate change"),
    ("air-quality", 3, "미세먼지, 매연, 배출가스, 공회전, 노후경유차, 대기오염, fine dust, exhaust fumes, air pollution, idling"),
    ("air-quality", 2, "공기질, 황사, yellow dust, air quality"),
    ("air-quality", 1, "먼지, dust"),
    ("living-environment", 3, "소음, 빛공해, 확성기, 진동이, noise, noisy, light pollution, loudspeaker"),
    ("living-environment", 2, "시끄러, 악취, 소리가 너무, stench, bad smell, loud music"),
    ("living-environment", 1, "층간소음, 소음공해, 냄새가, 잠을 못, 밤늦게, 새벽에, 연기, smell, can't sleep"),
    ("recycling", 4, "쓰레기, 재활용, 분리수거, 무단투기, garbage, trash, recycling, rubbish, litter, illegal dumping"),
    ("recycling", 3, "대형폐기물, 종량제, 폐기물, 담배꽁초, 헌옷수거함, food waste, bulky waste, cigarette butt, bin"),
    ("recycling", 2, "수거, 일회용품, 플라스틱, plastic"),
    ("recycling", 1, "쓰레기통, 음식물쓰레기, garbage bin"),
    # -- housing
    ("housing", 3, "전세, 월세, 재개발, 재건축, 청약, 관리비, 입주자대표, lease, landlord, tenant, redevelopment"),
    ("housing", 2, "집값, 임대차, 보증금, 부동산, deposit, rent, apartment fee, housing"),
    ("housing", 1, "전세사기, 아파트, 아파트 관리, 세입자, apartment"),
    ("building", 4, "불법건축물, 무허가 건물, 불법 증축, illegal building, building permit"),
    ("building", 3, "건축허가, 옥탑방, 공사장, 건축물대장, 용도변경, 일조권, 비산먼지, construction site, demolition"),
    ("building", 2, "간판, 철거, 공사 현장, signboard"),
    ("building", 1, "건물, 공사, building, construction"),
    ("sh", 4, "장기전세, 임대아파트, 임대주택, 공공임대, 매입임대, 국민임대, public housing, rental housing"),
    ("sh", 3, "행복주택, 시프트 입주, 입주자 모집"),
    # -- people
    ("welfare", 4, "무료급식"),
    ("welfare", 3, "기초생활, 수급자, 긴급복지, 노숙인, 차상위, 복지사각지대, 생계급여, homeless, basic income, emergency aid"),
    ("welfare", 2, "생활고, 복지관, 저소득, welfare, low income, food bank"),
    ("welfare", 1, "복지, 지원금, 생계, poverty"),
    ("seniors", 3, "기초연금, 독거노인, 요양원, 치매, 돌봄 서비스, senior centre, dementia, nursing home, pension"),
    ("seniors", 2, "경로당, older people"),
    ("seniors", 1, "어르신, 노인, 할머니, 할아버지, elderly, grandmother"),
    ("disability", 8, "장애인콜택시"),
    ("disability", 3, "휠체어, 시각장애, 청각장애, 활동지원, 경사로, 이동권, 교통약자, wheelchair, disability, ramp"),
    ("disability", 2, "장애인, 수어, 편의시설, disabled, blind, deaf, sign language, accessible"),
    ("childcare", 3, "보육, 육아, 아이돌봄, 양육수당, 산후조리, 키즈카페, daycare, childcare, nursery"),
    ("childcare", 2, "어린이집, 영유아, 출산"),
    ("childcare", 1, "국공립어린이집, 보육교사, 임산부, toddler, pregnant, baby"),
    ("women-family", 3, "성희롱, 성폭력, 불법촬영, 한부모, 안심귀가, 스토킹, 가정폭력, sexual harassment, single parent, stalking, domestic violence"),
    ("women-family", 2, "성평등, 여성 안전, 여성안심, 다문화가족, gender"),
    ("youth", 4, "청년월세, youth allowance"),
    ("youth", 3, "청년수당, 청년센터, 청년통장"),
    ("youth", 2, "취준생, 사회초년생, young people, youth"),
    ("youth", 1, "청년"),
    ("education", 3, "학교급식, 통학로, 평생교육, 평생학습, 방과후, 장학금, school meal, lifelong learning, scholarship"),
    ("education", 2, "급식, 교실, 학원, classroom"),
    ("education", 1, "학교, 학생, school, student"),
    ("health", 3, "예방접종, 백신, 감염병, 응급실, 정신건강, 모기, 방역, 금연구역, 간접흡연, 자살예방, vaccine, vaccination, epidemic, mosquito"),
    ("health", 2, "보건소, 병원, 흡연, 약국, hospital, health centre, smoking, pharmacy"),
    ("health", 1, "시립병원, doctor"),
    ("food-safety", 3, "식중독, 식당 위생, 유통기한, 음식에서, 이물질, 불량식품, food poisoning, expired food, restaurant hygiene"),
    ("food-safety", 2, "식당, 위생, 음식점, 먹거리, 배달음식, restaurant, hygiene"),
    ("animals", 3, "유기견, 길고양이, 반려동물, 유기동물, 들개, 비둘기, 개물림, 동물학대, 맹견, stray dog, stray cat, street cat, pigeon"),
    ("animals", 2, "반려견, 강아지, 고양이, 목줄, 배설물, dog, cat, leash, pet"),
    # -- economy, culture, money
    ("economy", 3, "소상공인, 전통시장, 자영업, 지역화폐, 서울사랑상품권, 바가지, small business, traditional market, gift voucher"),
    ("economy", 2, "물가, 상가, 창업, 시장 상인, 가격표, start-up, overcharged, shop owner"),
    ("economy", 1, "상인, market"),
    ("jobs", 3, "일자리, 실업, 임금체불, 공공근로, 직업훈련, 구직, 최저임금, 노동상담, unpaid wages, unemployment, job training, minimum wage"),
    ("jobs", 2, "취업, 아르바이트, 알바, 월급, job, wage"),
    ("culture", 4, "버스킹, busking"),
    ("culture", 3, "공연, 축제, 문화재, 세종문화회관, 전시회, 문화행사, festival, concert, cultural event"),
    ("culture", 2, "미술관, 박물관, 예술가, 한옥, 문화센터, museum, art gallery, artist"),
    ("libraries", 3, "열람실, 책을 빌, 도서 대출, 전자책, reading room, borrow a book"),
    ("libraries", 2, "도서관, library"),
    ("libraries", 1, "사서, 도서, book"),
    ("sports", 3, "체육시설, 생활체육, 축구장, 테니스장, 배드민턴, 풋살, tennis court, football pitch, basketball"),
    ("sports", 2, "체육관, 수영장, 운동장, 헬스장, 농구장, 야구장, swimming pool, gym, sports centre"),
    ("tourism", 3, "관광객, 관광안내, 게스트하우스, 시티투어, 관광버스, tourist, guesthouse, sightseeing"),
    ("tourism", 2, "관광, 여행, 안내소, 호텔, hotel, tourism"),
    ("tourism", 1, "외국인 관광, 명동, 안내판, tourist information"),
    ("tax", 3, "세금, 지방세, 재산세, 자동차세, 취득세, 환급, 고지서, 체납, 가산금, property tax, car tax, tax refund, tax bill"),
    ("tax", 2, "과태료, 납부, 감면, tax, refund"),
    ("digital", 3, "와이파이, 누리집, 홈페이지, 전산 오류, 공공데이터, 본인인증, 키오스크, wi-fi, wifi, website, open data, kiosk"),
    ("digital", 2, "로그인이, 인터넷, internet"),
    ("digital", 1, "앱이, 어플, app"),
    # -- city hall itself
    ("audit", 3, "부정부패, 뇌물, 갑질, 예산 낭비, 공무원 비리, 특혜, 직무유기, corruption, bribe, waste of money, nepotism"),
    ("audit", 2, "불친절한 공무원, 감사 청구, rude official"),
    ("attentive-listening", 3, "청책토론회, 숙의, listening forum, public forum"),
    ("attentive-listening", 2, "청책"),
    ("social-innovation", 3, "마을공동체, 주민참여예산, 사회적기업, 협동조합, 공유경제, 마을 만들기, participatory budget, cooperative, sharing city"),
    ("social-innovation", 2, "주민참여, 자원봉사, volunteer, community space"),
    ("local-authority", 3, "현장시장실, 주민등록, 등본, resident registration"),
    ("local-authority", 2, "주민센터, 동사무소, 통장님, community centre"),
    ("spokesperson", 3, "보도자료, 기자회견, 언론 취재, press release, journalist"),
)  # fmt: skip

DISASTER = (
    "붕괴, 무너질, 무너졌, 무너지, 무너져, 싱크홀, 지반침하, 땅이 꺼, 땅꺼짐, 도로가 꺼, 침수, 물에 잠, 가스 냄새, 가스 누출, 가스가 새, "
    "폭발, 산사태, 감전, 고립, 불이 났, 불이 나, 화재가 발생, 연기가 치솟, 유독가스, 누전, 전선이 끊, 전깃줄이, "
    "collapse, collapsed, collapsing, sinkhole, flooded, flooding, gas leak, explosion, landslide, electric shock, "
    "on fire, live wire, fallen power line, trapped"
)  # fmt: skip

PATTERNS: tuple[tuple[str, str, float], ...] = (
    ("bus-policy", "bus_route", 3),
    ("urban-railway", "subway_line", 3),
)


def rows() -> list[Seed]:
    """The whole table."""
    words = [
        (slug, word, "", float(points), False)
        for slug, points, text in WORDS
        for word in _split(text)
    ]
    disasters = [("safety", word, "", 3.0, True) for word in _split(DISASTER)]
    patterns = [(slug, "", pattern, points, False) for slug, pattern, points in PATTERNS]
    return words + disasters + patterns


def _split(text: str) -> list[str]:
    return [word.strip() for word in text.split(",")]
