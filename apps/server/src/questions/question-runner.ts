import {
  type Answer,
  type Definition,
  funnelKind,
  isMisfit,
  mapKind,
  metricsKind,
  type Misfit,
  pathsKind,
  type Planned,
  type Question,
  type QuestionContext,
  type QuestionKind,
  retentionKind,
  segmentsNamed,
  sessionsKind,
  variantsKind,
} from '@parcurs/analytics'
import { isRefusal, type Refusal, refuse } from '@parcurs/contract'
import { movesWithTime, resolveSegments } from '@parcurs/domain'
import { StoreFailure } from '../clickhouse/clickhouse.ts'
import type { CountingThreads } from '../counting/counting-threads.ts'
import { keptMaps } from '../counting/kept-maps.ts'
import type { Workspace } from '../http/gate.ts'
import type { EventKinds } from '../log/event-kinds.ts'
import { answerCache } from './answer-cache.ts'
import { factsOf, questionKey } from './answer-key.ts'
import { type ContextNeeds, questionContext } from './question-context.ts'
import { segmentRefusal } from './segment-refusal.ts'
import { readAll } from './read-all.ts'

export interface RunnerNeeds extends ContextNeeds {
  readonly threads: Pick<CountingThreads, 'count' | 'countAll' | 'countChange'>
  readonly kinds: Pick<EventKinds, 'all' | 'merged'>
  /** A question that takes longer is ended. */
  readonly maxSeconds: number
  /** What the store may hold for one read of a question. */
  readonly maxMemoryBytes: number
}

/** The one way in which questions are asked. Whoever may ask was let in by the door before. */
export interface QuestionRunner {
  /**
   * Answers any question about a workspace. What does not fit is refused with its place; a question that
   * takes too long or too much is ended and refused. What was answered before and is still true is not read again.
   */
  readonly ask: (
    question: Question,
    workspace: Workspace,
    signal: AbortSignal,
  ) => Promise<Answer | Refusal>
  /** A question of whatever kind, within the same limits; nothing is kept of it. */
  readonly run: <Q, Plan extends Planned, Found, A>(
    kind: QuestionKind<Q, Plan, Found, A>,
    question: Q,
    workspace: Workspace,
    signal: AbortSignal,
  ) => Promise<Ran<A> | Refusal>
}

export interface Ran<A> {
  readonly answer: A
  readonly context: QuestionContext
}

export function questionRunner(given: RunnerNeeds): QuestionRunner {
  const needs = { ...given, keptMaps: keptMaps() }
  const { maxSeconds, maxMemoryBytes, threads } = needs
  const cache = answerCache()

  async function planned<Q, Plan extends Planned, Found, A>(
    kind: QuestionKind<Q, Plan, Found, A>,
    question: Q,
    workspace: Workspace,
  ): Promise<{ readonly plan: Plan; readonly context: QuestionContext } | Refusal> {
    const maps = kind.mapsOf(question)
    const segment = kind.segmentOf(question)
    const context = await questionContext(needs, workspace, { maps, segment }, threads.count)
    const missing = maps.find((id) => !context.maps.has(id))
    if (missing !== undefined) {
      return refuse('not-found', `no map '${missing}' in this workspace`)
    }
    const wrong = segmentRefusal(segment, context, 'body.question.segment')
    if (wrong !== null) return wrong
    const plan = kind.plan(question, context)
    return isMisfit(plan) ? misfitRefusal(plan) : { plan, context }
  }

  /** Everything that a kind of the contract needs to be asked. */
  async function answered<
    Q extends object,
    Plan extends Planned,
    Found,
    A extends Answer & { readonly definition: Definition },
  >(
    kind: QuestionKind<Q, Plan, Found, A>,
    question: Q,
    workspace: Workspace,
    signal: AbortSignal,
  ): Promise<Answer | Refusal> {
    const ready = await planned(kind, question, workspace)
    if (isRefusal(ready)) return ready
    const { plan, context } = ready
    const facts = factsOf(context)
    const asked = kind.segmentOf(question)
    const segment = asked === null ? null : resolveSegments(asked, context.segment)
    const moves = segment !== null && movesWithTime(segment)
    const settledMs = moves ? Number.POSITIVE_INFINITY : plan.settledMs
    const key = questionKey(question, segment, { ...plan, settledMs }, context)
    const kept = cache.get(workspace.id, facts, key)
    if (kept !== null) return JSON.parse(kept)
    const limits = { signal, maxSeconds, maxMemoryBytes }
    const { found, read } = await readAll(needs, kind, plan, context, limits)
    const shaped = kind.shape(plan, found, context)
    const segments = asked === null ? [] : segmentsNamed(asked, context.segment)
    const answer = { ...shaped, definition: { ...shaped.definition, read, segments } }
    cache.keep(workspace.id, facts, key, JSON.stringify(answer))
    return answer
  }

  /** Within the time limit, and with the refusals that a limit comes to. */
  async function limited<T>(
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T | Refusal> {
    // The store keeps its part of the limit; this one also holds for the kernel.
    const deadline = AbortSignal.timeout(maxSeconds * 1000)
    try {
      return await work(AbortSignal.any([signal, deadline]))
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error
      if (error.code === 'cancelled' && !deadline.aborted) {
        return refuse('question-cancelled', 'Whoever asked has gone: the question was ended.')
      }
      const slow = error.code === 'too-slow' || error.code === 'cancelled'
      if (!slow && error.code !== 'too-much-memory') throw error
      const limit = slow
        ? `took longer than ${maxSeconds} seconds`
        : `needed more than ${Math.round(maxMemoryBytes / 1_000_000)} MB`
      return refuse(
        'question-too-slow',
        `The question ${limit}. Ask about a shorter period or a smaller segment.`,
      )
    }
  }

  return {
    ask: (question, workspace, signal) =>
      limited(signal, async (until) => {
        switch (question.kind) {
          case 'funnel':
            return await answered(funnelKind, question, workspace, until)
          case 'paths':
            return await answered(pathsKind, question, workspace, until)
          case 'variants':
            return await answered(variantsKind, question, workspace, until)
          case 'retention':
            return await answered(retentionKind, question, workspace, until)
          case 'sessions':
            return await answered(sessionsKind, question, workspace, until)
          case 'metrics':
            return await answered(metricsKind, question, workspace, until)
          case 'living-map':
            return await answered(mapKind, question, workspace, until)
        }
      }),
    run: (kind, question, workspace, signal) =>
      limited(signal, async (until) => {
        const ready = await planned(kind, question, workspace)
        if (isRefusal(ready)) return ready
        const { plan, context } = ready
        const limits = { signal: until, maxSeconds, maxMemoryBytes }
        const { found } = await readAll(needs, kind, plan, context, limits)
        return { answer: kind.shape(plan, found, context), context }
      }),
  }
}

function misfitRefusal({ place, value, expected }: Misfit): Refusal {
  const shown = value === undefined ? null : JSON.stringify(value).slice(0, 80)
  return refuse('value-invalid', `${place} is ${shown ?? 'missing'}: expected ${expected}`, {
    faults: [{ place: `body.question.${place}`, value: shown, expected }],
  })
}
