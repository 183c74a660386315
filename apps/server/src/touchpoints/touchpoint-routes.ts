import { type Fault, type Refusal, refuse, touchpointRoutes } from '@parcurs/contract'
import { type MapFault, type MatchRule, type RuleFault, ruleFaults } from '@parcurs/domain'
import type { Handle } from '../http/serve.ts'
import { type CountingNeeds, countTouchpoints, previewRule } from './count-touchpoints.ts'
import {
  type Changed,
  changeTouchpoint,
  createTouchpoint,
  deleteTouchpoint,
  touchpointsOf,
} from './touchpoints.ts'

/** The touchpoint library. */
export function serveTouchpoints(handle: Handle, needs: CountingNeeds): void {
  const { database } = needs.stores

  handle(touchpointRoutes.touchpoints, async ({ workspace, signal }) => {
    const all = await touchpointsOf(database, workspace.id)
    return await countTouchpoints(needs, workspace.id, all, signal)
  })
  handle(touchpointRoutes.touchpointLibrary, ({ workspace }) =>
    touchpointsOf(database, workspace.id),
  )
  handle(touchpointRoutes.touchpoint, async ({ workspace, params, signal }) => {
    const all = await touchpointsOf(database, workspace.id)
    const found = all.filter(({ id }) => id === params.touchpointId)
    const [counted] = await countTouchpoints(needs, workspace.id, found, signal)
    return counted ?? notFound(params.touchpointId)
  })
  handle(touchpointRoutes.createTouchpoint, async ({ workspace, body }) => {
    const wrong = ruleRefusal(body.rule)
    if (wrong !== null) return wrong
    const id = `tp_${crypto.randomUUID()}`
    const created = await createTouchpoint(database, workspace.id, id, body)
    return answerOf(created, id, body.name)
  })
  handle(touchpointRoutes.changeTouchpoint, async ({ workspace, params, body }) => {
    const { version, ...draft } = body
    const wrong = ruleRefusal(draft.rule)
    if (wrong !== null) return wrong
    const { touchpointId } = params
    const changed = await changeTouchpoint(database, workspace.id, touchpointId, version, draft)
    return answerOf(changed, touchpointId, draft.name)
  })
  handle(touchpointRoutes.deleteTouchpoint, async ({ workspace, params }) => {
    const gone = await deleteTouchpoint(database, workspace.id, params.touchpointId)
    if (!gone.ok) return refusalOf(gone, params.touchpointId, '')
    return undefined
  })
  handle(touchpointRoutes.previewRule, async ({ workspace, body, signal }) => {
    const wrong = ruleRefusal(body.rule)
    return wrong ?? (await previewRule(needs, workspace.id, body.rule, signal))
  })
}

function answerOf<T>(changed: Changed<T>, id: string, name: string): T | Refusal {
  return changed.ok ? changed.value : refusalOf(changed, id, name)
}

function refusalOf(
  changed: Extract<Changed<unknown>, { ok: false }>,
  id: string,
  name: string,
): Refusal {
  switch (changed.code) {
    case 'not-found':
      return notFound(id)
    case 'name-taken':
      return refuse('already-there', `a touchpoint '${name}' is there already: expected a new name`)
    case 'changed-meanwhile':
      return refuse(
        'changed-meanwhile',
        `the touchpoint stands at version ${changed.version} by now: read it again and repeat the change`,
      )
    case 'in-use':
      return refuse(
        'in-use',
        `the touchpoint is used by ${changed.maps.map((map) => `'${map}'`).join(', ')}: take it off there first`,
      )
  }
}

function notFound(id: string): Refusal {
  return refuse('not-found', `no touchpoint '${id}' in this workspace`)
}

function ruleRefusal(rule: MatchRule): Refusal | null {
  return faultsRefusal(ruleFaults(rule))
}

/** Faults of the domain as the refusal of a body; null: there are none. */
export function faultsRefusal(
  found: readonly (RuleFault | MapFault)[],
  within = 'body.',
): Refusal | null {
  const faults: readonly Fault[] = found.map((fault) => ({
    ...fault,
    place: `${within}${fault.place}`,
  }))
  const [first, ...others] = faults
  if (first === undefined) return null
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  return refuse(
    'value-invalid',
    `${first.place} is ${first.value}: expected ${first.expected}${more}`,
    { faults },
  )
}
