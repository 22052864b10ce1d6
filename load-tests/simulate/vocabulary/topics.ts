import { ENGLISH_THINGS, type TopicId } from './english-things.ts';

/** What people watch and search in the simulated app: a tree of two levels. */

/** Decides which phrases suit a topic's things: one bakes a dish but walks a dog. */
export type TopicKind =
  | 'dish'
  | 'music'
  | 'game'
  | 'sport'
  | 'animal'
  | 'place'
  | 'device'
  | 'look'
  | 'craft'
  | 'idea'
  | 'vehicle'
  | 'show';

export interface TopicDefinition {
  /** `parent/leaf`. */
  readonly id: string;
  readonly kind: TopicKind;
  /** Share within its parent, relative to its siblings. */
  readonly weight: number;
  /** Popular things, most popular first. */
  readonly objects: readonly string[];
  /** WordNet concepts whose hyponyms are its less popular things. */
  readonly concepts: readonly string[];
  /** A keyword that `emojilib` knows. */
  readonly emoji: string;
}

/** Shares of the parents among all that is watched and searched; they add up to 1. */
export const PARENT_WEIGHTS: Readonly<Record<string, number>> = {
  food: 0.16,
  music: 0.13,
  games: 0.13,
  sports: 0.1,
  animals: 0.08,
  travel: 0.08,
  tech: 0.08,
  style: 0.08,
  home: 0.06,
  learning: 0.04,
  cars: 0.03,
  shows: 0.03,
};

const topic = (
  id: TopicId,
  kind: TopicKind,
  weight: number,
  emoji: string,
  concepts: string,
): TopicDefinition => ({
  id,
  kind,
  weight,
  emoji,
  concepts: concepts.split(' '),
  objects: ENGLISH_THINGS[id].split(', '),
});

export const TOPICS: readonly TopicDefinition[] = [
  topic('food/baking', 'dish', 5, 'bread', 'baked_goods#1'),
  topic('food/noodles', 'dish', 4, 'noodle', 'pasta#1 soup#1'),
  topic('food/grill', 'dish', 3, 'meat', 'meat#1'),
  topic('food/drinks', 'dish', 3, 'drink', 'beverage#1'),
  topic('food/greens', 'dish', 2, 'vegetable', 'vegetable#1 edible_fruit#1'),
  topic('music/guitar', 'music', 3, 'guitar', 'stringed_instrument#1'),
  topic('music/piano', 'music', 3, 'piano', 'keyboard_instrument#1 wind_instrument#1'),
  topic('music/songs', 'music', 5, 'music', 'song#1'),
  topic('music/dance', 'music', 4, 'dance', 'dancing#1'),
  topic('music/drums', 'music', 1, 'drum', 'percussion_instrument#1'),
  topic('games/building', 'game', 5, 'video_game', 'building_material#1 building#1'),
  topic('games/shooters', 'game', 4, 'video_game', 'combat#1'),
  topic('games/board', 'game', 2, 'chess_pawn', 'board_game#1 card_game#1'),
  topic('games/retro', 'game', 3, 'game', 'computer_game#1 toy#1'),
  topic('sports/football', 'sport', 5, 'football', 'athletic_game#1'),
  topic('sports/basketball', 'sport', 4, 'basketball', 'contact_sport#1 athletics#1'),
  topic('sports/gym', 'sport', 5, 'fitness', 'exercise#1'),
  topic('sports/outdoors', 'sport', 3, 'bike', 'bicycle#1 boat#1'),
  topic('sports/fighting', 'sport', 2, 'boxing', 'martial_art#1 fighting#1'),
  topic('animals/dogs', 'animal', 5, 'dog', 'dog#1'),
  topic('animals/cats', 'animal', 5, 'cat', 'domestic_cat#1 big_cat#1'),
  topic('animals/birds', 'animal', 2, 'bird', 'bird#1'),
  topic('animals/water', 'animal', 2, 'fish', 'fish#1 aquatic_mammal#1'),
  topic('animals/small', 'animal', 2, 'snake', 'insect#1 reptile#1 rodent#1'),
  topic('travel/cities', 'place', 5, 'city', 'place_of_business#1'),
  topic('travel/nature', 'place', 3, 'mountain', 'geological_formation#1 body_of_water#1'),
  topic('travel/transport', 'place', 2, 'train', 'public_transport#1 ship#1 aircraft#1'),
  topic('tech/keyboards', 'device', 3, 'computer', 'computer#1 keyboard#1 peripheral#1'),
  topic('tech/phones', 'device', 5, 'phone', 'telephone#1 electronic_device#1'),
  topic('tech/cameras', 'device', 2, 'camera', 'camera#1 optical_instrument#1'),
  topic('tech/code', 'device', 2, 'computer', 'programming_language#1 software#1'),
  topic('style/makeup', 'look', 5, 'lipstick', 'cosmetic#1'),
  topic('style/hair', 'look', 4, 'hair', 'hairdo#1'),
  topic('style/nails', 'look', 2, 'nail_care', 'jewelry#1 adornment#1'),
  topic('style/clothes', 'look', 4, 'clothes', 'garment#1 footwear#1'),
  topic('home/garden', 'craft', 3, 'plant', 'flower#1 shrub#1 herb#1'),
  topic('home/wood', 'craft', 2, 'hammer', 'tool#1 furniture#1'),
  topic('home/textiles', 'craft', 2, 'thread', 'fabric#1 needlework#1'),
  topic('home/cleaning', 'craft', 2, 'broom', 'home_appliance#1 kitchen_utensil#1'),
  topic('learning/space', 'idea', 2, 'rocket', 'celestial_body#1'),
  topic('learning/history', 'idea', 2, 'museum', 'war#1 battle#1'),
  topic(
    'learning/science',
    'idea',
    2,
    'science',
    'chemical_element#1 physical_phenomenon#1 geometry#1',
  ),
  topic('learning/languages', 'idea', 1, 'book', 'natural_language#1'),
  topic('cars/fast', 'vehicle', 3, 'car', 'car#1'),
  topic('cars/bikes', 'vehicle', 2, 'motorcycle', 'motorcycle#1 wheeled_vehicle#1'),
  topic('cars/trucks', 'vehicle', 1, 'truck', 'truck#1 machine#1'),
  topic('shows/comedy', 'show', 4, 'laugh', 'comedy#1 humor#1'),
  topic('shows/film', 'show', 3, 'film', 'movie#1 spiritual_being#1'),
  topic('shows/magic', 'show', 2, 'magic', 'performance#1 monster#1'),
];
