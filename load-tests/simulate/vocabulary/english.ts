import type { TopicKind } from './topics.ts';

/**
 * How English queries are put together. `{o}` a thing of the topic, `{x}` another one, `{m}` and `{q}` a modifier and a qualifier
 * of the topic's kind, `{a}` an adjective, `{p}` a place, `{c}` a creator, `{n}` a number, `{y}` a year.
 */
export interface Phrasing {
  /** At most one slot besides the thing: the heads and middles of the popularity curve. */
  readonly short: readonly string[];
  /** Several slots: the tail, hardly ever the same twice. */
  readonly long: readonly string[];
}

export interface KindWords extends Phrasing {
  readonly modifiers: readonly string[];
  readonly qualifiers: readonly string[];
}

const words = (text: string): readonly string[] => text.split(', ');

const EVERYWHERE: Phrasing = {
  short: words(
    '{o}, {m} {o}, {o} {q}, {o} {m}, best {o}, {o} {x}, {a} {o}, {o} {y}, {o} {p}, {o} compilation, {o} asmr, {c} {o}, what is {o}, {o} challenge, {o} hacks, {o} explained, {o} part {n}, top {n} {o}',
  ),
  long: words(
    '{a} {o} with {x} {q}, {m} {o} in {p}, {o} vs {x} {q}, {c} {o} and {x}, {a} {o} {p}, {o} {x} {m} {q}, best {a} {o} in {p}, {p} {o} {y}, {o} {x} {a} {n}, why is {o} so {a} in {p}, {m} {a} {o} {x}, {c} {a} {o} part {n}, {o} near {p}, {n} {a} {o} {q} {y}',
  ),
};

const kind = (short: string, long: string, modifiers: string, qualifiers: string): KindWords => ({
  short: [...EVERYWHERE.short, ...words(short)],
  long: [...EVERYWHERE.long, ...words(long)],
  modifiers: words(modifiers),
  qualifiers: words(qualifiers),
});

export const ENGLISH: Readonly<Record<TopicKind, KindWords>> = {
  dish: kind(
    '{o} recipe, easy {o}, how to make {o}, {o} near me, homemade {o}, {o} taste test, {o} in {p}, how long to cook {o}',
    'best {o} in {p} {q}, how to make {a} {o} {q}, {o} without {x} {q}, where to eat {a} {o} in {p}, {n} minute {a} {o} with {x}, can you freeze {a} {o} with {x}, {a} {x} and {o} recipe {y}',
    'easy, crispy, vegan, gluten free, spicy, healthy, low carb, fluffy, cheesy, no bake, air fryer, keto, cheap, korean style',
    'without eggs, for beginners, for two, in a pan, with yogurt, for a crowd, without oven, step by step, for kids, with leftovers, without sugar, in 5 minutes',
  ),
  music: kind(
    'learn {o}, {o} tutorial, how to play {o}, {o} for beginners, {o} live, {o} remix, {o} slowed',
    'learn {o} {a} style {q}, {a} {o} cover with {x} {q}, how to play {a} {o} with {x}, {c} {o} live in {p}, {o} concert {p} {y}, {a} {o} {x} mashup {n} hours',
    'acoustic, easy, lofi, slowed, viral, emotional, fast, 90s, 80s, live, karaoke, classical',
    'for beginners, in 10 minutes, with lyrics, slow version, for kids, 1 hour, at home, without music, step by step, for sleep',
  ),
  game: kind(
    'how to build {o}, {o} gameplay, {o} tips, {o} world record, {o} guide, {o} secrets, {o} mod',
    'how to build {a} {o} with {x}, {a} {o} tutorial {q} {n}, {c} {o} {a} moments {n}, {a} {o} and {x} glitch {y}, {o} tournament {p} {y}, {o} level {n} {a} {x}',
    'easy, fastest, secret, hardcore, modern, funny, ranked, pro, starter, insane, multiplayer, offline',
    'for beginners, no commentary, in 100 days, with friends, on mobile, solo, without mods, on console, step by step, 1v1',
  ),
  sport: kind(
    'how to do {o}, {o} tutorial, {o} at home, {o} highlights, {o} drills, {o} form, {o} motivation',
    '{n} minute {a} {o} {q}, {o} and {x} workout {q} {n}, {a} {o} training in {p}, {c} {o} highlights {p} {y}, {a} {o} mistakes with {x}, {o} club in {p} {q}',
    'beginner, advanced, slow motion, insane, full body, daily, kids, pro, street, indoor, low impact, funniest',
    'for beginners, at home, for women, for men, without equipment, in 30 days, after 40, for kids, in slow motion, every day',
  ),
  animal: kind(
    'how to train {o}, {o} sounds, {o} care, baby {o}, {o} playing, {o} rescue, {o} eating, how long do {o} live',
    'how to feed {a} {o} {q}, {a} {o} and {x} become friends, {o} rescue in {p} {y}, {a} {o} meets {x} {q}, can {o} eat {x} {q} {n}, {o} for adoption {p} {a}',
    'cute, funny, baby, tiny, giant, talking, rare, sleepy, angry, wild, fluffy, old',
    'at home, for the first time, at night, in an apartment, with kids, compilation, in the snow, for beginners, in water, in slow motion',
  ),
  place: kind(
    '{o} in {p}, {p} {o}, {o} near me, cheap {o}, {o} vlog, {o} guide, {p} travel, things to do in {p}, {p} food',
    '{a} {o} in {p} {q}, {n} days in {p} {q}, {p} to {x} {a} {o}, things to do near {p} with {x}, {a} hotel near {p} {o}, {c} {p} {o} {y}, is {p} {a} {q}',
    'cheap, hidden, luxury, local, night, family, weekend, abandoned, solo, secret, romantic, free',
    'on a budget, with kids, in winter, in one day, at night, for couples, by train, in summer, for free, without a car',
  ),
  device: kind(
    '{o} review, {o} unboxing, {o} setup, how to fix {o}, {o} sound test, best budget {o}, {o} comparison, {o} settings',
    '{a} {o} under {n} dollars {q}, {a} {o} vs {x} {y}, how to fix {a} {o} {x}, {o} repair in {p} {a}, {c} {o} review {a} {y}, {o} with {a} {x} {q}',
    'budget, wireless, custom, silent, gaming, cheap, portable, minimalist, rgb, mini, refurbished, smart',
    'for beginners, for students, under 50, for gaming, sound test, for travel, on a budget, unboxing, long term review, for small hands',
  ),
  look: kind(
    '{o} tutorial, {o} ideas, {o} haul, how to style {o}, {o} transformation, {o} trend, {o} at home, {o} dupe',
    '{a} {o} with {x} {q}, how to style {a} {o} {q} {y}, {a} {o} for {x} {p}, {c} {o} and {x} tutorial, {o} shop in {p} {a}, {n} {a} {o} looks {q}',
    'natural, simple, summer, korean, cheap, glossy, vintage, cute, short, everyday, bold, y2k',
    'for beginners, for school, at home, for short hair, for prom, without heat, for work, on a budget, over 50, in 5 minutes',
  ),
  craft: kind(
    'diy {o}, how to make {o}, {o} for beginners, {o} ideas, how to clean {o}, {o} pattern, {o} repair',
    'diy {a} {o} with {x} {q}, how to fix {a} {o} {x}, {a} {o} ideas for {x} {y}, how to grow {a} {o} in {p}, {o} supplies {p} {a}, {n} {a} {o} projects {q}',
    'diy, easy, cheap, small, satisfying, modern, rustic, giant, vintage, upcycled, quick, indoor',
    'for beginners, on a budget, step by step, without tools, in winter, for small spaces, from scratch, at home, in one day, in pots',
  ),
  idea: kind(
    '{o} facts, {o} documentary, how does {o} work, {o} for kids, {o} animation, why is {o}, {o} timeline, {o} simulation',
    'how did {a} {o} change {x}, {o} and {x} explained {q}, {a} facts about {o} {n}, {o} museum in {p} {a}, {c} {o} documentary {y}, what if {a} {o} met {x}',
    'real, scary, simple, ancient, biggest, strange, hidden, famous, first, deadliest, lost, mysterious',
    'explained, for kids, in 60 seconds, documentary, animation, in real life, step by step, at home, for exams, from space',
  ),
  vehicle: kind(
    '{o} review, {o} pov, {o} restoration, {o} sound, {o} crash, how to fix {o}, {o} top speed, {o} build',
    '{a} {o} vs {x} race {y}, {a} {o} for sale in {p}, {o} meet {p} {y}, how to fix {a} {o} {x}, {c} {a} {o} build part {n}, {o} {p} to {x} pov',
    'fastest, cheap, custom, vintage, electric, loud, rusty, tiny, modified, rare, used, luxury',
    'for beginners, pov, top speed, in the snow, cold start, restoration, for sale, off road, under 5000, at night',
  ),
  show: kind(
    '{o} funny, {o} revealed, {o} reaction, best {o} ever, {o} clips, how to do {o}, {o} full',
    '{a} {o} with {x} {q} {n}, {c} {o} {a} reaction {y}, {o} in {p} {q} {y}, {a} {o} and {x} scene, {o} season {n} {a} {x}, how to do {a} {o} with {x}',
    'funny, scary, best, new, classic, clean, short, easy, viral, old, animated, black and white',
    'for kids, revealed, with subtitles, compilation, full movie, gone wrong, in public, for beginners, at school, live',
  ),
};

/** What things are said to be, common words first. */
export const ENGLISH_ADJECTIVES: readonly string[] = words(
  'best, new, easy, funny, cute, big, small, perfect, crazy, cheap, real, old, simple, amazing, cool, giant, tiny, beautiful, weird, scary, fast, slow, secret, viral, satisfying, healthy, homemade, colorful, rare, luxury, vintage, modern, pink, black, white, blue, green, red, golden, purple, rainbow, mini, huge, strange, lazy, angry, happy, sad, sleepy, hungry, loud, quiet, soft, crunchy, sweet, salty, sour, spicy, hot, cold, frozen, fresh, wild, smart, dangerous, safe, famous, local, traditional, original, official, classic, cozy, minimalist, aesthetic, realistic, invisible, magnetic, wooden, plastic, glass, metal, paper, fluffy, fuzzy, shiny, glowing, sparkly, dark, bright, underwater, underrated, overrated, expensive, affordable, professional, amateur, handmade, portable, foldable, electric, wireless, winter, summer, spring, autumn, halloween, christmas, birthday, wedding, japanese, korean, italian, mexican, french, indian, turkish, brazilian, american, british, chinese, thai, vietnamese, greek, spanish, german, hawaiian, swedish, northern, southern, tropical, medieval, victorian, retro, futuristic, gothic, elegant, messy, clean, rusty, broken, upgraded, unusual, forgotten, haunted, impossible, quick, ultimate, advanced, lightweight, oversized, matching, seasonal, budget, deluxe',
);

/** Slots and phrases for queries about a creator instead of a thing. */
export const CREATOR_PHRASES: Phrasing = {
  short: words(
    '{o}, {o} new video, {o} live, {o} {y}, {o} interview, {o} shorts, {o} challenge, {o} part {n}',
  ),
  long: words(
    '{o} and {c} {a} moments, {o} in {p} {y}, {o} {a} {x} video {n}, {o} house tour {p} {a}, {o} {x} reaction {n}',
  ),
};

/** The same for the other languages: names, things and numbers alone read well in any of them. */
export const NEUTRAL_CREATOR_PHRASES: Phrasing = {
  short: words('{o}, {o} {x}, {o} live, {o} {y}, {o} shorts, {o} {a}, {o} {n}'),
  long: words('{o} {x} {p} {y}, {o} {c} {x} {n}, {o} {a} {x} {p}, {o} {p} {x} {a} {n}'),
};
