/**
 * What of the packaged word lists is not blocked. The lists hold for all markets at once, and were made to filter chats: many entries are
 * everyday words in another language or have an innocent first meaning in their own. An entry stays blocked when it is
 * vulgar or a slur in its own language and not a common word of another large one; medical terms for private parts stay blocked too.
 */

/** Everyday words of another language, names and brands: French "con" is Spanish "with", Swedish "fan" is an admirer, Dutch "nicht" is German "not". */
const collisions =
  '13, 3p, ami, am, amlar, balle, bander, barom, belino, biga, bite, bitte, bobo, brinca, brutta, calice, casci, chatte, coito, con, ' +
  'conne, criss, cu, del, dritt, fan, fanken, fava, fica, folle, franc, francok, francokat, francot, frango assado, gat, gerbe, gerber, gol, ' +
  'heroína, hol, inferno, johny, anita, kanen, kimme, loda, luder, lund, mama, matje, mof, mona, moona, moonade, moonar, moonat, monta, ' +
  'montare, mufti, muna, mussa, mutta, muts, negro, nicht, olla, padulo, palen, pano, panna, pau, pele, pelék, picio, pik, pina, ' +
  'pinák, pinákat, pinát, pinto, pippa, pis, pitt, poof, poon, pot, poot, poppen, potta, regina, reva, rosette, s m, saco, satan, sega, ' +
  'sik, sike, siki, sikin, sikte, sm, stake, syf, tanga, tavara, toosa, topa, trio, troia, uboy, xana, xx, byk, petuh, maal, hawas, dombo';

/** English: everyday, medical in a neutral sense, titles of works, and phrases that begin harmless ones ("girl on the train"). */
const english =
  'alaskan pipeline, babeland, barenaked, big black, bullet vibe, butt, cleveland steamer, dingleberry, dingleberries, ' +
  'dirty pillows, domination, dvda, escort, eunuch, fecal, figging, fingering, girl on, goo girl, hard core, hardcore, honkey, ' +
  'hot chick, huge fat, intercourse, jelly donut, juggs, leather restraint, lemon party, lovemaking, make me come, ' +
  'octopussy, playboy, pleasure chest, quim, rectum, santorum, scat, scissoring, sexual, sexually, sexuality, shrimping, ' +
  'skeet, snatch, snowballing, spastic, spunk, strappado, suck, sucks, suicide girls, sultry women, swinger, tainted love, taste my, ' +
  'tied up, tight white, tosser, twink, twinkie, violet wand, wrapping men, wrinkled starfish';

/** German, Dutch and the Nordic languages: body, household, swearing that offends nobody. */
const germanic =
  'bonze, fratze, ische, lümmel, möpse, nackt, nippel, pinkeln, popel, schabracke, aardappels afgieten, achter het raam zitten, ' +
  'afrossen, aftrekken, asbak, aso, balen, bedonderen, bekken, belazeren, beurt, boemelen, buffelen, de ballen, de hond uitlaten, ' +
  'de pijp uitgaan, drol, eikel, engerd, flikken, gedoogzone, gras maaien, griet, hufter, knor, kwakkie, lummel, mafketel, naaien, ' +
  'naakt, oprotten, paal, penoze, pijpen, poep, poepen, potverdorie, publiciteitsgeil, raaskallen, reutelen, rotzak, rukken, schatje, ' +
  'schoft, slempen, spuiten, standje, stootje, stront, sufferd, teef, temeier, toeter, vergallen, watje, wijf, wippen, zaadje, ' +
  'zeiken, zuigen, för helvete, helvete, helvetet, hård, jävlar, jævla, jævlig, köttnacke, pokker, prutt, ræva, ræven, sinnsykt, ' +
  'skit ner dig, skitt, subba, sås, sätta på, tusan, haahka, hitosti, hitto, jätkä, kuppainen, kusta, lahtari, molo, munaton, naida, nainti, ' +
  'narttu, paljaalla, palli, pallit, pantava, pehko, pentele, pipari, piru, pistää, reikä, ripsipiirakka, suklaaosasto, tuhkaluukku, ' +
  'vetää käteen, viiksi';

/** Romance languages: food, animals, tools, crime news, orientations, which are no obscenity. */
const romance =
  'asesinato, asno, caca, chupada, chupetón, concha, drogas, esperma, haciendo el amor, idiota, imbécil, infierno, maldito, martillo, ' +
  'nazi, orina, pervertido, pinche, racista, sádico, travesti, aborto, amador, aranha, ariano, balalao, bissexual, braulio de borracha, ' +
  'bumbum, burro, camisinha, cerveja, chupar, comer, consolo, corno, dum raio, gozar, grelho, heterosexual, homem gay, homoerótico, ' +
  'homosexual, lésbica, passar um cheque, peidar, sacanagem, torneira, transar, veado, vibrador, baiser, bigornette, bourré, bourrée, ' +
  'gueule, jouir, meuf, noune, pédale, péter, pipi, ramoner, tanche, tapette, trique, zizi, osti, viarge, ammucchiata, anale, bagnarsi, ' +
  'battere, boiata, cacca, cadavere, cagna, cesso, chiappa, ciospo, cornuto, cozza, femminuccia, finocchio, guardone, imbecille, ingoio, ' +
  'lecchino, loffa, mannaggia, nave scuola, palle, palloso, patacca, pesce, pirla, pisello, pistolotto, pomiciare, pompa, porca miseria, ' +
  'porco, porco due, porco zio, quaglia, ruffiano, sbattere, sbattersi, soccia, spagnola, tarzanello, tirare, vacca, vangare, zinne, zio cantante';

/** Slavic languages, Hungarian, Turkish, Hindi, Korean: eggs, beef, firecrackers, nannies, peoples' names. */
const others =
  'čumět, žrát, cyc, dmuchać, duperele, jajco, jajko, rzygać, бугор, голый, другой дразнится, играть на кожаной флейте, ' +
  'какая разница, курите мою трубку, лысого в кулаке гонять, мент, на фиг, обнаженный, офигеть, половое сношение, фига, хапать, ' +
  'хер с ней, хер с ним, хрен, svoloch, barmok, barmokat, barmot, buksza, bukszák, bukszákat, bukszát, búr, búrok, kúr, marha, ' +
  'marhák, marhákat, marhát, megdöglik, pofa, pofákat, pofát, çingene, çingenede, çingeneden, çingeneler, çingenelerde, ' +
  'çingenelerden, çingenelere, çingeneleri, çingenelerin, çingenenin, çingeneye, çingeneyi, aand, gucchi, gucchu, hijra, kamine, ' +
  'kaminey, kutta, najayaz, pataka, patakha, saala, suar, 미친, 유모, 노모, 망가, 하드코어, 호로, 애자, 염병, فرج, حلمة, لعق, شهوة, جماع, قضيب, ' +
  'عرص, خول, سوپر, فیلم سوپر, لخت, لش, منی, حشر, تجاوز, برهنه, کون, ثدي, مص';

/**
 * Scripts without spaces, where an entry matches anywhere: those that are parts of everyday words (妈的 in 妈妈的, 机八 in 手机八核, กู in กูเกิล,
 * หี in หีบ, なめ in なめこ) and those that are everyday words.
 */
const unspaced =
  'アジアのかわいい女の子, いたずら, エクスタシー, エスコート, おしっこ, おしり, オシリ, お尻, おもらし, カント, グロ, ゴックン, サディズム, しばり, ' +
  'スウィンガー, スリット, スラット, ディック, デブ, トップレス, なめ, ネオ・ナチ, ハードコア, バイブレーター, バック・スタイル, ファンタジー, フィスト, ' +
  'フェティッシュ, フック, プリンス アルバート ピアス, プレイボーイ, ぽっちゃり, ボーイズラブ, ラティーナ, ラバー, ランジェリー, ローター, 嫌い, 拷問, ' +
  '殺人事件, 支配, 自己愛性, 女の子, 女王様, 女子高生, 女装, 人種, 挿入, 生殖器, 脱衣, 直腸, 剃毛, 奴隷, 噴出, 覗き, 平手打ち, 変態, 毛深い, 誘惑, 両性, ' +
  '両性具有, 両刀, 宦官, 縛り, 茶色のシャワー, 13点, 九游, 乳房, 乳头, 交配, 包皮, 十三点, 卵子, 处女, 刚度, 吹箫, 后庭, 屁股, 成人, 性器, 性无能, 月经, ' +
  '懒教, 懒八, 懒叫, 懒8, 放荡, 激情, 机机歪歪, 狗屁, 瓜娃子, 白痴, 白癡, 祖宗, 私服, 笨蛋, 精子, 老二, 老味, 老母, 野鸡, 逼样, 靠背, 靠腰, 靠北, 花柳, 密洞, ' +
  '撒尿, 小肉粒, 粉腸, 笨實, 硬膠, 军妓, 册那, 日批, 干你, 你妈, 他妈, 妈的, 妈妈的, 妈B, 妈比, 你娘, 他娘, 你全家, 他奶奶, 娘的, 你马的, 他马的, 几八, 几巴, 几叭, ' +
  '几芭, 机八, 机巴, 鸡吧, 鸡8, 鸡八, 鸡鸡, 卖比, 口肯, 老瘪三, 他妈地, 她妈地, 它妈地, 她妈的, 它妈的, กะปิ, กู, ขี้, สัด, ห่า, ล้างตู้เย็น, หลั่ง, ตูด, เสือก, มึง, หี, หํา';

/** Entries of the packaged lists that don't block. */
export const exemptions: readonly string[] = [
  collisions,
  english,
  germanic,
  romance,
  others,
  unspaced,
].flatMap((entries) => entries.split(', '));

/** Phrases in which blocked words are innocent: what remains of a text without them decides. */
export const innocentPhrases: readonly string[] = [
  'maine coon',
  'maine coons',
  'moby dick',
  'dick van dyke',
  'dick tracy',
  'dick clark',
  'dick cheney',
  'philip k dick',
  'pussy willow',
  'pussy riot',
  'tit for tat',
  'blue tit',
  'great tit',
  'sex and the city',
  'sex education',
  'sex pistols',
  'same sex marriage',
  'cul de sac',
  'cul de sacs',
  'how to kill a mockingbird',
  'how to kill weeds',
  'how to kill ants',
  'how to kill mold',
  'how to get away with murder',
  'brown bastard',
  'bass ackwards',
  'magna cum laude',
  'summa cum laude',
  'cum laude',
  'cock a doodle doo',
  'kinky boots',
  'ホモ サピエンス',
  // Two entries make another word, or letters an abbreviation.
  'sextette',
  'sextettes',
  'blackcock',
  'blackcocks',
  'mongmong',
  'k u k monarchie',
  'k u k armee',
  'k u k zeit',
  // 口交 and 性交 arise between the words of these.
  '口交易',
  '口交通',
  '口交界',
  '口交流',
  '口交警',
  '性交友',
  '性交往',
  '性交流',
  '性交易',
  '性交通',
];
