import { queryUnits } from '../../dictionaries/query-units.ts';
import type { Workspace } from '../clean/workspace.ts';
import type { CountedCompletion } from '../segment/counted-completion.ts';
import type { RelatedInput } from '../segment/related-section.ts';
import type { ThemeInput } from '../segment/theme-section.ts';
import { unitHashes } from '../segment/unit-table.ts';
import { learnThemes } from './learnt-themes.ts';
import { relationOf } from './query-relation.ts';
import { type CountedTarget, RelatedEvidence } from './related-evidence.ts';
import { ThemeMembers } from './theme-members.ts';

/** Searches of a user that are this far apart, in days, are not taken for one interest. */
const COMPANION_DAYS = 7;
/** Weights are fixed-point numbers with so many binary places: see 02-nodes.sql. */
const ONE = 2 ** 40;

/** What related searches come from; it must see each completion in the order in which it is added to the segment. */
export interface MinedRelated {
  addCompletion(completion: CountedCompletion): void;
  finish(): { readonly pairs: RelatedInput; readonly themes: ThemeInput | null };
}

/** Keeps of the searches what related searches need; to be called before they are dropped. */
export async function keepTurns(workspace: Workspace): Promise<void> {
  await workspace.setVariables({ companion_window_us: COMPANION_DAYS * 86_400_000_000 });
  await workspace.runStep('related/01-turns');
}

/** Finds what leads to what among the kept queries, once it is known which are merged. The same input gives the same evidence. */
export async function mineRelated(
  workspace: Workspace,
  onStep: (what: string) => void,
): Promise<MinedRelated> {
  onStep('related searches');
  const evidence = new RelatedEvidence();
  await workspace.runStep('related/02-nodes');
  const nodes = await readNodes(workspace, evidence);
  const nodeOf = (group: number): number => nodes.get(group) ?? -1;
  await readPairs(workspace, 'related/03-followed', 'followed_pairs', nodeOf, (source, targets) => {
    const from = evidence.textOf(nodeOf(source));
    const related = targets.map((target) => ({
      target,
      kind: relationOf(from, evidence.textOf(target.node)),
    }));
    for (const kind of ['followed', 'specialised', 'generalised'] as const) {
      const ofKind = related.filter((each) => each.kind === kind).map(({ target }) => target);
      evidence.addTargets(nodeOf(source), kind, ofKind);
    }
  });
  await readPairs(workspace, 'related/04-users', 'companion_pairs', nodeOf, (source, targets) =>
    evidence.addTargets(nodeOf(source), 'users', targets),
  );
  await readPairs(workspace, 'related/05-clicks', 'click_pairs', nodeOf, (source, targets) =>
    evidence.addTargets(nodeOf(source), 'clicks', targets),
  );
  const units = await loadUnits(workspace);
  await readPairs(workspace, 'related/06-units', 'unit_pairs', nodeOf, (source, targets) =>
    evidence.addUnit(unitHashes(units[source] ?? ''), targets),
  );
  const learnt = await learnThemes(workspace, units);
  const themes = learnt === null ? null : new ThemeMembers(learnt);
  return {
    addCompletion(completion) {
      evidence.addCompletion(completion);
      themes?.addCompletion(completion);
    },
    finish: () => ({ pairs: evidence.finish(), themes: themes?.finish() ?? null }),
  };
}

/** Gives the shown groups numbers in the order of their texts. */
async function readNodes(
  workspace: Workspace,
  evidence: RelatedEvidence,
): Promise<ReadonlyMap<number, number>> {
  const nodes = new Map<number, number>();
  const sql = `SELECT group_id, normalised FROM representatives
    SEMI JOIN related_nodes ON node_id = group_id ORDER BY normalised`;
  for await (const chunk of workspace.stream(sql)) {
    const [groups, texts] = [chunk.getColumnValues(0), chunk.getColumnValues(1)];
    for (let row = 0; row < chunk.rowCount; row++) {
      nodes.set(Number(groups[row]), evidence.nodeOf(String(texts[row])));
    }
  }
  return nodes;
}

/** Runs a step and hands each source's targets of the table that it makes to `take`, a source at a time. */
async function readPairs(
  workspace: Workspace,
  step: string,
  table: string,
  nodeOf: (group: number) => number,
  take: (source: number, targets: readonly CountedTarget[]) => void,
): Promise<void> {
  await workspace.runStep(step);
  let open = -1;
  let targets: CountedTarget[] = [];
  for await (const chunk of workspace.stream(`SELECT * FROM ${table} ORDER BY source`)) {
    const columns = [0, 1, 2, 3, 4, 5].map((column) => chunk.getColumnValues(column));
    for (let row = 0; row < chunk.rowCount; row++) {
      const [source = 0, target = 0, ...masses] = columns.map((values) => Number(values[row]));
      if (source !== open) {
        if (targets.length > 0) take(open, targets);
        open = source;
        targets = [];
      }
      const [pair = 0, ofSource = 0, ofTarget = 0, total = 0] = masses.map((mass) => mass / ONE);
      targets.push({ node: nodeOf(target), pair, source: ofSource, target: ofTarget, total });
    }
  }
  if (targets.length > 0) take(open, targets);
}

/** Takes the forms that something was searched or opened after apart, and numbers their units; answers the units by number. */
async function loadUnits(workspace: Workspace): Promise<readonly string[]> {
  const numbers = new Map<string, number>();
  const appender = await workspace.appender('form_units');
  const sql = `SELECT form_id, normalised FROM forms
    SEMI JOIN (SELECT form_before AS form_id FROM turns UNION SELECT form_id FROM opened) named USING (form_id)
    WHERE NOT is_private`;
  for await (const chunk of workspace.stream(sql)) {
    const [forms, texts] = [chunk.getColumnValues(0), chunk.getColumnValues(1)];
    for (let row = 0; row < chunk.rowCount; row++) {
      for (const unit of queryUnits(String(texts[row]))) {
        const number = numbers.get(unit) ?? numbers.size;
        numbers.set(unit, number);
        appender.appendUInteger(Number(forms[row]));
        appender.appendUInteger(number);
        appender.endRow();
      }
    }
  }
  appender.closeSync();
  return [...numbers.keys()];
}
