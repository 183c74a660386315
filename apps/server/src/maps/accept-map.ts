import type { JourneyMap, MapProposal, Touchpoint } from '@parcurs/domain'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../postgres/tables.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import { lockVersion } from '../postgres/versioned-row.ts'
import { type Changed, columnsOf, listTouchpoints } from '../touchpoints/touchpoints.ts'
import { changeMap, insertMap, type MapDraft } from './maps.ts'

/**
 * Keeps a proposal, all of it or nothing. A touchpoint that the library has already, by name and rule, is used;
 * one whose name is taken by another rule gets a number behind its name.
 *
 * @param by null: a program
 * @param replaces the map whose place it takes; null: it becomes a new one
 */
export async function acceptProposal(
  database: Kysely<Database>,
  workspace: number,
  proposal: MapProposal,
  replaces: { readonly mapId: string; readonly version: number } | null,
  by: number | null,
): Promise<Changed<JourneyMap>> {
  return await inWorkspace(database, workspace, async (tx) => {
    if (replaces !== null) {
      // Before the touchpoints: what is refused leaves nothing behind.
      const outdated = await lockVersion(tx, 'maps', replaces.mapId, replaces.version)
      if (outdated !== null) return outdated
    }
    const known = [...(await listTouchpoints(tx))]
    const lasting = new Map<string, string>()
    for (const proposed of proposal.touchpoints) {
      const { id, events: _events, customers: _customers, ...draft } = proposed
      const same = known.find(({ name, rule }) => name === draft.name && sameRule(rule, draft.rule))
      if (same !== undefined) {
        lasting.set(id, same.id)
        continue
      }
      const made = {
        ...draft,
        name: freeName(draft.name, known),
        id: `tp_${crypto.randomUUID()}`,
        version: 1,
      }
      await insertTouchpoint(tx, workspace, made)
      known.push(made)
      lasting.set(id, made.id)
    }
    const idOf = (id: string) => lasting.get(id) ?? id
    const { name, goal, windowDays, stages } = proposal
    const draft: MapDraft = {
      name,
      windowDays,
      goal: goal === null ? null : { ...goal, touchpointId: idOf(goal.touchpointId) },
      stages: stages.map((stage) => ({
        ...stage,
        steps: stage.steps.map((step) => ({
          ...step,
          touchpointIds: step.touchpointIds.map(idOf),
        })),
      })),
    }
    if (replaces !== null) return await changeMap(tx, replaces.mapId, replaces.version, draft, by)
    const id = `map_${crypto.randomUUID()}`
    return { ok: true, value: await insertMap(tx, workspace, id, draft) }
  })
}

async function insertTouchpoint(
  tx: Transaction<Database>,
  workspace: number,
  { id, ...draft }: Touchpoint,
): Promise<void> {
  await tx
    .insertInto('touchpoints')
    .values({ id, workspace_id: workspace, ...columnsOf(draft) })
    .execute()
}

function sameRule(a: Touchpoint['rule'], b: Touchpoint['rule']): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

/** PostgreSQL's jsonb keeps keys in an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, held]) => [key, sorted(held)]),
  )
}

function freeName(name: string, known: readonly Touchpoint[]): string {
  const taken = new Set(known.map((touchpoint) => touchpoint.name))
  if (!taken.has(name)) return name
  for (let n = 2; ; n++) {
    const numbered = `${name} ${n}`
    if (!taken.has(numbered)) return numbered
  }
}
