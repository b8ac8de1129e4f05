"""The offices of a city hall, as it starts: (slug, kind, parent, names, duties), parents first.

Names and duties are facts of the city, not words of this site: they stand here, in both
languages, and are kept in the admin from then on.
"""

# slug, kind, parent's slug, Korean name, English name, duties in Korean, duties in English
Seed = tuple[str, str, str, str, str, str, str]

CITY: tuple[Seed, ...] = (
    ("mayor", "mayor", "", "시장실", "Mayor's Office", "서울시 전체를 이끌고, 늦어지는 일을 살핍니다.", "Leads the city and looks after everything that is late."),
    ("vice-mayor-1", "bureau", "mayor", "행정1부시장실", "Office of Vice Mayor I for Administrative Affairs", "복지, 문화, 환경, 행정 부서를 이끕니다.", "Leads welfare, culture, environment and administration."),
    ("vice-mayor-2", "bureau", "mayor", "행정2부시장실", "Office of Vice Mayor II for Administrative Affairs", "교통, 안전, 주택, 물 관련 부서를 이끕니다.", "Leads transport, safety, housing and water."),
    ("spokesperson", "bureau", "mayor", "시장단대변인", "Spokesperson of the City", "시의 소식을 언론에 알립니다.", "Tells the press what the city does."),
    ("audit", "bureau", "mayor", "감사위원회", "Board of Audit of the City", "공무원의 잘못과 예산 낭비를 조사합니다.", "Looks into wrongdoing of officials and waste of money."),
    # -- listening
    ("public-communication", "bureau", "mayor", "시민소통기획관", "Public Communication Bureau", "시민의 말을 듣고 시의 답을 전합니다.", "Hears citizens and brings them the city's answers."),
    ("social-media-centre", "centre", "public-communication", "소셜미디어센터", "Social Media Centre", "들어온 말을 가장 먼저 읽고 맡을 부서를 찾습니다.", "Reads every voice first and finds the right office."),
    ("attentive-listening", "team", "public-communication", "시민경청팀", "Attentive Listening Team", "청책토론회를 열고, 나온 제안이 어떻게 되는지 따라갑니다.", "Holds listening forums and follows what becomes of each idea."),
    ("dasan", "call_centre", "public-communication", "120다산콜재단", "120 Dasan Call Centre", "전화와 문자, 수어로 하루 내내 안내합니다.", "Answers by telephone, text and sign language, day and night."),
    ("social-innovation", "bureau", "vice-mayor-1", "서울혁신기획관", "Social Innovation Bureau", "주민참여, 마을공동체, 사회적경제를 맡습니다.", "Participation, neighbourhoods and the social economy."),
    ("local-authority", "team", "vice-mayor-1", "자치행정지원팀", "Local Authority Team", "자치구와 주민센터의 일을 잇고, 현장시장실을 돕습니다.", "Links boroughs and community centres, and helps the mobile mayoral office."),
    ("digital", "department", "vice-mayor-1", "디지털정책담당관", "Digital Policy Department", "공공 와이파이, 시 누리집, 행정 전산을 맡습니다.", "Public Wi-Fi, the city's websites and its computers."),
    # -- transport
    ("transport", "bureau", "vice-mayor-2", "도시교통실", "Urban Transport Bureau", "서울의 대중교통과 길 위의 질서를 맡습니다.", "Public transport and order on the streets."),
    ("bus-policy", "department", "transport", "버스정책과", "Bus Policy Department", "시내버스와 마을버스의 노선, 배차, 정류장, 기사 친절을 맡습니다.", "City and local buses: routes, timetables, stops and drivers."),
    ("urban-railway", "department", "transport", "도시철도과", "Urban Railway Department", "지하철 노선, 역, 전동차, 승강장을 맡습니다.", "Subway lines, stations, trains and platforms."),
    ("taxi-policy", "department", "transport", "택시정책과", "Taxi Policy Department", "택시 승차 거부, 요금, 기사 친절을 맡습니다.", "Taxis: refused rides, fares and drivers."),
    ("traffic-operations", "department", "transport", "교통운영과", "Traffic Operations Department", "신호등, 횡단보도, 속도 제한, 어린이보호구역을 맡습니다.", "Traffic lights, crossings, speed limits and school zones."),
    ("parking", "department", "transport", "주차계획과", "Parking Department", "공영주차장, 거주자우선주차, 불법 주정차를 맡습니다.", "Public car parks, residents' parking and illegal parking."),
    ("walking-cycling", "department", "transport", "보행자전거과", "Walking and Cycling Department", "따릉이, 자전거도로, 걷기 좋은 거리를 맡습니다.", "Public bicycles, cycle lanes and streets for walking."),
    # -- safety, roads
    ("safety", "department", "vice-mayor-2", "안전총괄과", "Safety Department", "재난과 위험한 시설을 살피고 긴급 조치를 모읍니다.", "Disasters, dangerous structures and emergency measures."),
    ("road-management", "department", "vice-mayor-2", "도로관리과", "Road Management Department", "차도의 파손, 포장, 가로등, 제설을 맡습니다.", "Carriageways: damage, surface, street lamps and snow."),
    ("sidewalks", "department", "vice-mayor-2", "보도환경개선과", "Sidewalk Improvement Department", "보도블록, 점자블록, 보도 턱과 걸림돌을 맡습니다.", "Paving stones, tactile paving, kerbs and obstacles on sidewalks."),
    ("fire", "bureau", "vice-mayor-2", "소방재난본부", "Fire and Disaster Headquarters", "불을 끄고 사람을 구하며 소방시설을 점검합니다. 급하면 119.", "Puts out fires, rescues people and inspects fire equipment. In an emergency call 119."),
    # -- water
    ("water-circulation", "department", "vice-mayor-2", "물순환정책과", "Water Circulation Department", "하수도, 빗물받이, 하수 악취를 맡습니다.", "Sewers, storm drains and their smell."),
    ("rivers", "department", "vice-mayor-2", "하천관리과", "River Management Department", "하천과 하천 산책로를 관리합니다.", "Streams and the paths along them."),
    ("hangang", "bureau", "vice-mayor-2", "미래한강본부", "Hangang River Headquarters", "한강공원과 한강의 시설을 맡습니다.", "The parks and facilities along the Hangang River."),
    ("waterworks", "bureau", "vice-mayor-2", "아리수본부", "Seoul Waterworks Arisu", "수돗물의 맛, 수압, 누수, 요금을 맡습니다.", "Tap water: taste, pressure, leaks and bills."),
    # -- green, climate
    ("parks", "department", "vice-mayor-1", "공원여가정책과", "Parks and Leisure Department", "공원과 놀이터, 운동기구를 맡습니다.", "Parks, playgrounds and outdoor exercise equipment."),
    ("street-trees", "department", "vice-mayor-1", "조경가로수과", "Landscape and Street Trees Department", "가로수, 꽃길, 산책로의 나무를 맡습니다.", "Street trees, flower beds and greenery."),
    ("climate", "bureau", "vice-mayor-1", "기후환경본부", "Climate and Environment Headquarters", "기후변화 대응, 에너지, 전기차 충전을 맡습니다.", "Climate, energy and charging for electric cars."),
    ("air-quality", "department", "climate", "대기정책과", "Air Quality Department", "미세먼지, 매연, 배출가스를 맡습니다.", "Fine dust, exhaust and emissions."),
    ("living-environment", "department", "climate", "생활환경과", "Living Environment Department", "소음, 진동, 빛 공해와 생활 악취를 맡습니다.", "Noise, vibration, light pollution and smells."),
    ("recycling", "department", "climate", "자원순환과", "Resource Circulation Department", "쓰레기 수거, 재활용, 무단투기를 맡습니다.", "Waste collection, recycling and illegal dumping."),
    # -- housing
    ("housing", "department", "vice-mayor-2", "주택정책과", "Housing Policy Department", "주택 정책, 전월세, 공동주택 관리를 맡습니다.", "Housing policy, rents and the management of apartment blocks."),
    ("building", "department", "vice-mayor-2", "건축기획과", "Building Department", "건축 허가, 불법 건축물, 공사장 관리를 맡습니다.", "Building permits, illegal buildings and construction sites."),
    ("sh", "corporation", "housing", "서울주택도시공사", "SH Corporation", "시 공공임대주택을 짓고 빌려주고 고칩니다.", "Builds, lets and repairs the city's public housing."),
    # -- people
    ("welfare", "department", "vice-mayor-1", "복지정책과", "Welfare Policy Department", "기초생활보장, 긴급 지원, 노숙인을 돕는 일을 맡습니다.", "Basic income support, emergency help and homeless people."),
    ("seniors", "department", "vice-mayor-1", "어르신복지과", "Senior Citizens Department", "어르신 돌봄, 경로당, 기초연금을 맡습니다.", "Care, senior centres and pensions for older people."),
    ("disability", "department", "vice-mayor-1", "장애인자립지원과", "Disability Policy Department", "장애인 이동 지원, 편의시설, 활동 지원을 맡습니다.", "Mobility, accessibility and assistance for disabled people."),
    ("childcare", "department", "vice-mayor-1", "영유아담당관", "Childcare Department", "어린이집, 보육료, 육아 지원을 맡습니다.", "Day-care centres, childcare allowance and support for parents."),
    ("women-family", "department", "vice-mayor-1", "양성평등담당관", "Gender Equality Department", "여성 안전, 성평등, 한부모가족을 맡습니다.", "Women's safety, equality and single parents."),
    ("youth", "department", "vice-mayor-1", "청년정책담당관", "Youth Policy Department", "청년수당과 청년의 일과 삶을 돕는 일을 맡습니다.", "Youth allowance and support for young people."),
    ("education", "department", "vice-mayor-1", "교육지원정책과", "Education Support Department", "학교 급식, 통학, 평생학습을 돕습니다.", "School meals, the way to school and lifelong learning."),
    ("health", "department", "vice-mayor-1", "보건의료정책과", "Public Health Department", "보건소, 병원, 예방접종, 감염병을 맡습니다.", "Health centres, hospitals, vaccination and infectious diseases."),
    ("food-safety", "department", "vice-mayor-1", "식품정책과", "Food Policy Department", "식당 위생과 식중독, 먹거리 안전을 맡습니다.", "Hygiene of restaurants, food poisoning and safe food."),
    ("animals", "department", "vice-mayor-1", "동물보호과", "Animal Protection Department", "유기동물, 길고양이, 반려동물을 맡습니다.", "Stray animals, street cats and pets."),
    # -- economy, culture, money
    ("economy", "department", "vice-mayor-1", "경제정책과", "Economic Policy Department", "소상공인, 전통시장, 물가를 맡습니다.", "Small shops, traditional markets and prices."),
    ("jobs", "department", "vice-mayor-1", "일자리정책과", "Jobs Department", "일자리, 직업교육, 노동 상담을 맡습니다.", "Jobs, training and advice on labour law."),
    ("culture", "department", "vice-mayor-1", "문화정책과", "Culture Department", "공연, 축제, 미술관과 박물관을 맡습니다.", "Performances, festivals, galleries and museums."),
    ("libraries", "department", "vice-mayor-1", "서울도서관", "Seoul Metropolitan Library", "도서관과 책 빌리기를 맡습니다.", "Libraries and lending."),
    ("sports", "department", "vice-mayor-1", "체육정책과", "Sports Department", "체육관, 수영장, 생활체육을 맡습니다.", "Gyms, swimming pools and sport for all."),
    ("tourism", "department", "vice-mayor-1", "관광정책과", "Tourism Department", "관광 안내, 외국인 관광객, 숙박을 맡습니다.", "Tourist information, visitors and places to stay."),
    ("tax", "department", "vice-mayor-1", "세무행정과", "Tax Department", "지방세 고지, 납부, 환급을 맡습니다.", "City taxes: bills, payment and refunds."),
)  # fmt: skip

# Korean name of the borough, its official romanisation, slug.
BOROUGHS: tuple[tuple[str, str, str], ...] = (
    ("종로", "Jongno-gu", "jongno"),
    ("중", "Jung-gu", "jung"),
    ("용산", "Yongsan-gu", "yongsan"),
    ("성동", "Seongdong-gu", "seongdong"),
    ("광진", "Gwangjin-gu", "gwangjin"),
    ("동대문", "Dongdaemun-gu", "dongdaemun"),
    ("중랑", "Jungnang-gu", "jungnang"),
    ("성북", "Seongbuk-gu", "seongbuk"),
    ("강북", "Gangbuk-gu", "gangbuk"),
    ("도봉", "Dobong-gu", "dobong"),
    ("노원", "Nowon-gu", "nowon"),
    ("은평", "Eunpyeong-gu", "eunpyeong"),
    ("서대문", "Seodaemun-gu", "seodaemun"),
    ("마포", "Mapo-gu", "mapo"),
    ("양천", "Yangcheon-gu", "yangcheon"),
    ("강서", "Gangseo-gu", "gangseo"),
    ("구로", "Guro-gu", "guro"),
    ("금천", "Geumcheon-gu", "geumcheon"),
    ("영등포", "Yeongdeungpo-gu", "yeongdeungpo"),
    ("동작", "Dongjak-gu", "dongjak"),
    ("관악", "Gwanak-gu", "gwanak"),
    ("서초", "Seocho-gu", "seocho"),
    ("강남", "Gangnam-gu", "gangnam"),
    ("송파", "Songpa-gu", "songpa"),
    ("강동", "Gangdong-gu", "gangdong"),
)


def rows() -> tuple[Seed, ...]:
    """All of them, parents before children."""
    boroughs = tuple(
        (
            slug,
            "borough",
            "",
            f"{korean}구청",
            f"{english} Office",
            f"{korean}구의 골목길, 동네 청소, 주민센터 일을 맡습니다.",
            f"Side streets, cleaning and community centres of {english}.",
        )
        for korean, english, slug in BOROUGHS
    )
    return CITY + boroughs
