/** The popular things of each topic in English, by topic id, most popular first. */
export const ENGLISH_THINGS = {
  'food/baking':
    'banana bread, sourdough, chocolate cake, cinnamon rolls, cookies, cheesecake, croissant, brownies, focaccia, macarons, apple pie, birthday cake',
  'food/noodles':
    'ramen, carbonara, instant noodles, lasagna, pho, pad thai, mac and cheese, dumplings, udon, gnocchi, garlic pasta, miso soup',
  'food/grill':
    'tacos, fried chicken, burger, steak, brisket, pulled pork, birria tacos, chicken wings, korean bbq, kebab, smash burger',
  'food/drinks':
    'iced coffee, matcha latte, bubble tea, smoothie, lemonade, cold brew, mojito, hot chocolate, kombucha, espresso',
  'food/greens':
    'vegan lunch, salad, meal prep, tofu, overnight oats, high protein breakfast, air fryer potatoes, hummus, lentil curry, avocado toast',
  'music/guitar':
    'guitar, acoustic guitar, ukulele, bass guitar, guitar chords, fingerstyle, electric guitar solo, violin',
  'music/piano':
    'piano, piano tutorial, synthesizer, jazz piano, lofi beats, saxophone, flute, relaxing music',
  'music/songs':
    'karaoke, love songs, acapella, throwback songs, sad songs, lullaby, wedding song, beatbox, vocal warm up, cover song',
  'music/dance':
    'dance challenge, shuffle dance, salsa, ballet, tap dance, breakdance, hip hop dance, moonwalk, line dance',
  'music/drums': 'drum cover, drum solo, cajon, marching band, handpan, djembe, electronic drums',
  'games/building':
    'survival house, castle build, redstone door, city builder, farm build, secret base, modern house build, treehouse, speed build',
  'games/shooters':
    'sniper montage, aim training, battle royale, best loadout, zombies mode, ranked gameplay, clutch moments, controller settings',
  'games/board':
    'chess, chess openings, checkers, poker, dungeons and dragons, card tricks, sudoku, jigsaw puzzle, rubiks cube',
  'games/retro':
    'speedrun, arcade games, pinball, retro console, pixel art, platformer, easter eggs, game glitches, claw machine',
  'sports/football':
    'football skills, free kick, penalty shootout, goalkeeper training, rabona, football freestyle, best goals, nutmeg',
  'sports/basketball':
    'dunk contest, crossover, three pointer, ankle breaker, shooting form, streetball, buzzer beater, vertical jump',
  'sports/gym':
    'ab workout, push ups, pilates, home workout, stretching, yoga, leg day, pull ups, hiit workout, deadlift form',
  'sports/outdoors':
    'skateboard tricks, surfing, snowboarding, rock climbing, parkour, mountain bike, fishing, kayak, ice skating',
  'sports/fighting':
    'boxing, karate, knockout, judo throw, kickboxing, taekwondo, self defense, wrestling',
  'animals/dogs':
    'golden retriever, puppy training, husky, corgi, dachshund, dog grooming, pug, border collie, rescue dog',
  'animals/cats':
    'kitten, maine coon, cat zoomies, orange cat, cat meow, siamese cat, tuxedo cat, lion, tiger',
  'animals/birds':
    'parrot, owl, cockatiel, hummingbird, penguin, talking parrot, duckling, peacock, eagle',
  'animals/water': 'aquarium, betta fish, shark, octopus, koi pond, axolotl, dolphin, seal, whale',
  'animals/small':
    'hamster, gecko, ant farm, jumping spider, turtle, capybara, snake, guinea pig, bunny',
  'travel/cities':
    'street food tour, night market, hotel tour, rooftop bar, hidden gems, walking tour, capsule hotel, museum, flea market',
  'travel/nature':
    'waterfall, hiking trail, northern lights, hot spring, national park, volcano, beach, camping, road trip',
  'travel/transport':
    'night train, first class flight, cruise ship, airport lounge, ferry, bullet train, cable car, economy seat',
  'tech/keyboards':
    'mechanical keyboard, desk setup, gaming mouse, keyboard switches, monitor, gaming laptop, pc build, usb hub',
  'tech/phones':
    'phone case, phone review, wireless earbuds, foldable phone, smart watch, power bank, phone battery, screen protector',
  'tech/cameras':
    'drone footage, vlog camera, tripod, film camera, photo editing, lens, timelapse, ring light',
  'tech/code':
    'python tutorial, spreadsheet formulas, web design, chatbot, app development, sql, git, 3d printing',
  'style/makeup':
    'eyeliner, lip gloss, foundation, contour, skincare routine, blush, mascara, concealer, glass skin',
  'style/hair':
    'curtain bangs, braids, curly hair, fade haircut, wolf cut, hair dye, ponytail, heatless curls',
  'style/nails':
    'gel nails, nail art, french tips, press on nails, earrings, beaded bracelet, chrome nails',
  'style/clothes':
    'outfit ideas, sneakers, thrift haul, winter coat, jeans, loafers, capsule wardrobe, prom dress, oversized hoodie',
  'home/garden':
    'tomato plants, indoor plants, roses, compost, raised beds, succulents, lavender, monstera, orchid',
  'home/wood':
    'bookshelf, workbench, coffee table, epoxy table, woodturning, wall repair, picture frame, bunk bed',
  'home/textiles':
    'crochet, knitting, embroidery, tie dye, tote bag, quilt, amigurumi, granny square',
  'home/cleaning':
    'carpet cleaning, room makeover, laundry, fridge organization, closet organization, pressure washing, bathroom cleaning',
  'learning/space':
    'black hole, rocket launch, solar eclipse, moon landing, mars rover, meteor shower, space station',
  'learning/history':
    'ancient rome, vikings, pyramids, titanic, cold war, samurai, pirates, silk road',
  'learning/science':
    'chemistry experiment, math tricks, optical illusion, tornado, magnets, mental math, dry ice, static electricity',
  'learning/languages':
    'spanish lesson, sign language, japanese alphabet, english grammar, french pronunciation, calligraphy',
  'cars/fast':
    'drag race, drift, supercar, exhaust sound, car wash, electric car, car detailing, racing simulator',
  'cars/bikes': 'motorcycle, wheelie, dirt bike, scooter, cafe racer, motovlog, helmet',
  'cars/trucks':
    'monster truck, off road, tractor, camper van, van life, excavator, car restoration',
  'shows/comedy':
    'prank, stand up comedy, funny fails, impressions, skit, dad jokes, try not to laugh, memes',
  'shows/film':
    'movie trailer, movie recap, anime edit, deleted scenes, horror movie, stop motion, behind the scenes, ending explained',
  'shows/magic':
    'magic trick, coin trick, card magic, levitation, street magic, cosplay, puppet show, ghost stories',
} as const;

export type TopicId = keyof typeof ENGLISH_THINGS;
