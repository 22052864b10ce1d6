import { brandCompletion, type CompletionId } from './completion-id.ts';
import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';
import { type ThemeArrays, ThemeModel } from './theme-model.ts';
import { type UnitHash, UnitTable, unitHashes, writeUnits } from './unit-table.ts';

/**
 * Themes: groups of things that people open after like queries. Each unit of a query says how likely its themes are, and each theme has the completions that are searched for it,
 * by market.
 */
const NAME = 'themes';
/** Completions of a theme in a market. */
export const MOST_MEMBERS = 32;
/** The list over all markets; no tag is written like it. */
export const EVERY_MARKET = '*';
/** Bits are kept in steps of 1/2048, up to just below 32. */
const STEPS = 2048;
const STEP_SHIFT = 11;
/** The chances of whole bits, and of steps within one: two look-ups in near memory cost less than a power, and a request reads hundreds. */
const WHOLE = Float64Array.from({ length: 32 }, (_, bits) => 2 ** -bits);
const FRACTION = Float64Array.from({ length: STEPS }, (_, step) => 2 ** (-step / STEPS));

/** A completion that is searched for a theme. */
export interface ThemeMember {
  /** Number of the completion in the order in which they were added. */
  readonly input: number;
  /** -log2 of its share of the theme's searches in the market. */
  readonly bits: number;
}

export interface ThemeInput extends ThemeArrays {
  readonly units: readonly UnitHash[];
  /** By market tag, and EVERY_MARKET: the members of each theme. */
  readonly members: ReadonlyMap<string, readonly (readonly ThemeMember[])[]>;
}

/** Adds the sections `themes.*`, unless no completion belongs to a theme. Units in any order, with their cells, give the same bytes. */
export function writeThemes(
  builder: ContainerBuilder,
  input: ThemeInput,
  inputToId: Uint32Array,
): void {
  const { priors, units, members } = input;
  if (members.size === 0) return;
  builder.add(`${NAME}.priors`, priors);
  const places = writeUnits(builder, `${NAME}.unithashes`, units);
  writeCells(builder, input, places);
  const tags = [...members.keys()].sort();
  const offsets = [0];
  const ids: number[] = [];
  const bits: number[] = [];
  for (const tag of tags) {
    for (let theme = 0; theme < priors.length; theme++) {
      const listed = (members.get(tag)?.[theme] ?? []).map((member) => ({
        id: inputToId[member.input]!,
        code: Math.max(0, Math.min(0xffff, Math.round(member.bits * STEPS))),
      }));
      listed.sort((a, b) => a.code - b.code || a.id - b.id);
      for (const { id, code } of listed) {
        ids.push(id);
        bits.push(code);
      }
      offsets.push(ids.length);
    }
  }
  builder.add(`${NAME}.tags`, Buffer.from(tags.join('\u0000'), 'utf8'));
  builder.add(`${NAME}.offsets`, Uint32Array.from(offsets));
  builder.add(`${NAME}.members`, Uint32Array.from(ids));
  builder.add(`${NAME}.bits`, Uint16Array.from(bits));
}

function writeCells(builder: ContainerBuilder, input: ThemeInput, places: Uint32Array): void {
  const { units, offsets, themes, ratios, rests } = input;
  const order = new Uint32Array(units.length);
  places.forEach((place, unit) => {
    order[place] = unit;
  });
  const starts = new Uint32Array(units.length + 1);
  const sorted = {
    themes: new Uint16Array(themes.length),
    ratios: new Float32Array(themes.length),
  };
  let at = 0;
  order.forEach((unit, place) => {
    const end = offsets[unit + 1]!;
    for (let cell = offsets[unit]!; cell < end; cell++, at++) {
      sorted.themes[at] = themes[cell]!;
      sorted.ratios[at] = ratios[cell]!;
    }
    starts[place + 1] = at;
  });
  builder.add(`${NAME}.unitoffsets`, starts);
  builder.add(`${NAME}.unitthemes`, sorted.themes);
  builder.add(`${NAME}.unitratios`, sorted.ratios);
  builder.add(
    `${NAME}.unitrests`,
    Float32Array.from(order, (unit) => rests[unit]!),
  );
}

/** The sections `themes.*` of a segment, as views. */
export class ThemeTable {
  readonly model: ThemeModel;
  private readonly units: UnitTable;
  private readonly arrays: ThemeArrays;
  private readonly lists: ReadonlyMap<string, number>;
  private readonly offsets: Uint32Array;
  private readonly members: Uint32Array;
  private readonly bits: Uint16Array;

  private constructor(container: Container) {
    this.units = new UnitTable(container, `${NAME}.unithashes`);
    this.arrays = {
      priors: container.float32(`${NAME}.priors`),
      offsets: container.uint32(`${NAME}.unitoffsets`),
      themes: container.uint16(`${NAME}.unitthemes`),
      ratios: container.float32(`${NAME}.unitratios`),
      rests: container.float32(`${NAME}.unitrests`),
    };
    const tags = Buffer.from(container.uint8(`${NAME}.tags`))
      .toString('utf8')
      .split('\u0000');
    this.offsets = container.uint32(`${NAME}.offsets`);
    this.members = container.uint32(`${NAME}.members`);
    this.bits = container.uint16(`${NAME}.bits`);
    const { priors, offsets, themes, ratios, rests } = this.arrays;
    this.lists = new Map(tags.map((tag, index) => [tag, index * priors.length]));
    if (
      offsets.length !== this.units.size + 1 ||
      rests.length !== this.units.size ||
      ratios.length !== themes.length ||
      this.offsets.length !== tags.length * priors.length + 1 ||
      this.bits.length !== this.members.length
    ) {
      throw new SegmentError('bad-section', `segment sections '${NAME}.*': their lengths disagree`);
    }
    this.model = new ThemeModel(this.arrays);
  }

  /** Null where no themes were found, and in files before they were known. */
  static open(container: Container): ThemeTable | null {
    return container.has(`${NAME}.priors`) ? new ThemeTable(container) : null;
  }

  /** The number of a unit; -1 when nothing is known of it. */
  unitOf(unit: string): number {
    return this.units.find(unitHashes(unit));
  }

  /** The list of a theme in a market (a tag, or EVERY_MARKET): members `low` to `high`, likeliest first; empty for an unknown tag. */
  listOf(tag: string, theme: number): { readonly low: number; readonly high: number } {
    const first = this.lists.get(tag);
    if (first === undefined) return { low: 0, high: 0 };
    return { low: this.offsets[first + theme]!, high: this.offsets[first + theme + 1]! };
  }

  memberAt(at: number): CompletionId {
    return brandCompletion(this.members[at]!);
  }

  /** -log2 of the member's share of the theme's searches in the market. */
  bitsAt(at: number): number {
    return this.bits[at]! / STEPS;
  }

  /** The member's share of the theme's searches in the market. */
  chanceAt(at: number): number {
    const code = this.bits[at]!;
    return WHOLE[code >>> STEP_SHIFT]! * FRACTION[code & (STEPS - 1)]!;
  }

  /** @throws SegmentError when an order invariant does not hold. */
  verify(completions: number): void {
    this.units.verify();
    this.verifyCells();
    const { offsets, members, bits } = this;
    for (let list = 0; list + 1 < offsets.length; list++) {
      const end = offsets[list + 1]!;
      const start = offsets[list]!;
      if (end < start || end > members.length || end - start > MOST_MEMBERS) {
        throw fault('offsets', list, `expected ascending offsets to ${members.length}`);
      }
      for (let at = start; at < end; at++) {
        if (members[at]! >= completions) {
          throw fault('members', at, `expected a completion below ${completions}`);
        }
        if (at === start) continue;
        const isLater =
          bits[at]! > bits[at - 1]! ||
          (bits[at] === bits[at - 1] && members[at]! > members[at - 1]!);
        if (!isLater) throw fault('bits', at, 'expected the likelier member first, ties by id');
      }
    }
    if (offsets[0] !== 0 || offsets[offsets.length - 1] !== members.length) {
      throw fault('offsets', 0, `expected offsets from 0 to ${members.length}`);
    }
  }

  private verifyCells(): void {
    const { priors, offsets, themes, ratios, rests } = this.arrays;
    priors.forEach((prior, theme) => {
      if (!(prior > 0 && prior <= 1)) throw fault('priors', theme, 'expected a share above 0');
    });
    for (let unit = 0; unit + 1 < offsets.length; unit++) {
      const end = offsets[unit + 1]!;
      if (end < offsets[unit]! || end > themes.length) {
        throw fault('unitoffsets', unit, `expected ascending offsets to ${themes.length}`);
      }
      if (!Number.isFinite(rests[unit])) throw fault('unitrests', unit, 'expected a number');
      for (let at = offsets[unit]!; at < end; at++) {
        if (themes[at]! >= priors.length || !Number.isFinite(ratios[at])) {
          throw fault('unitthemes', at, `expected a theme below ${priors.length} and its ratio`);
        }
        if (at > offsets[unit]! && themes[at]! <= themes[at - 1]!) {
          throw fault('unitthemes', at, 'expected ascending themes of a unit');
        }
      }
    }
  }
}

function fault(section: string, entry: number, what: string): SegmentError {
  return new SegmentError(
    'broken-order',
    `segment section '${NAME}.${section}', entry ${entry}: ${what}`,
  );
}
