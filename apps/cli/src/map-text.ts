import type {
  ExplainedPart,
  Leak,
  LivingMapAnswer,
  MapMeasures,
  StepMeasures,
} from '@parcurs/analytics'
import {
  type JourneyMap,
  type MapProposal,
  type Stage,
  type Step,
  touchpointsApart,
} from '@parcurs/domain'
import pc from 'picocolors'
import { linkLines, stepLabel } from './map-links-text.ts'
import { countOf, countText, dayText, durationText, moneyText, shareText } from './number-text.ts'
import { type Column, fittingColumns, tableLines, terminalWidth } from './table.ts'

interface MapRow {
  readonly stage: string
  readonly step: Step
  readonly label: string
  readonly measures: StepMeasures | undefined
}

/**
 * The map as a table, one line a step, and the three leaks that cost most.
 *
 * @param called what the period is called beside its days; null: nothing
 */
export function mapLines(
  map: JourneyMap,
  answer: LivingMapAnswer,
  called: string | null,
): readonly string[] {
  const { measured, currency, timeZone } = answer
  const days = `${dayText(measured.period.fromMs, timeZone)} to ${dayText(measured.period.toMs - 1, timeZone)}`
  const period = called === null ? days : `${called}, ${days}`
  const simulated = answer.simulated ? pc.yellow('  simulated') : ''
  return [
    `${pc.bold(map.name)}${simulated}  ${period} (${timeZone})`,
    headline(measured, currency),
    pc.dim(`shares are of customers whose ${countOf(answer.windowDays, 'day')} to go on are over`),
    ...settledLines(measured, timeZone),
    '',
    ...stepLines(map, measured, currency),
    ...stepSettledLines(measured, timeZone),
    ...linkLines(map, measured),
    ...leakLines(map, measured, currency),
  ]
}

function headline(measured: MapMeasures, currency: string): string {
  const parts = [
    `${countOf(measured.entrants, 'customer')} entered`,
    `${countText(measured.completions)} reached the goal so far`,
    `${countText(measured.inProgress)} in progress`,
  ]
  if (measured.goalValue !== null) parts.push(moneyText(measured.goalValue, currency))
  return parts.join(' · ')
}

/** The share of those whose time is over, and what the others let expect. */
function settledLines(measured: MapMeasures, timeZone: string): readonly string[] {
  const { settled, settledCompletions, completionShare, firstSettlesMs, entrants } = measured
  const { completionEstimate: estimate } = measured
  if (firstSettlesMs !== null)
    return [`completion —, first settles on ${dayText(firstSettlesMs, timeZone)}`]
  const share = `completion ${shareText(completionShare)}: ${countText(settledCompletions)} of ${countText(settled)} whose time is over`
  if (estimate === null || settled === entrants) return [share]
  const between =
    estimate.low === null || estimate.high === null
      ? ''
      : ` (${shareText(estimate.low)}–${shareText(estimate.high)})`
  return [share, `estimated in the end: ${shareText(estimate.share)}${between}`]
}

/** Why a step has no shares yet, and that losses of an open period still grow. */
function stepSettledLines({ steps }: MapMeasures, timeZone: string): readonly string[] {
  const first = steps.flatMap(({ firstSettlesMs }) => firstSettlesMs ?? [])
  const open = steps.some(({ settled, customers }) => settled < customers)
  return [
    ...(first.length === 0
      ? []
      : [pc.dim(`— nobody settled yet; the first on ${dayText(Math.min(...first), timeZone)}`)]),
    ...(open ? [pc.dim('Customers still have time: left and at risk are so far.')] : []),
  ]
}

function stepLines(map: JourneyMap, measured: MapMeasures, currency: string): readonly string[] {
  const bySteps = new Map(measured.steps.map((step) => [step.stepId, step]))
  const rows = map.stages.flatMap((stage) =>
    stage.steps.map((step, i) => ({
      stage: i === 0 ? stage.name : '',
      step,
      label: stepLabel(step, stage.steps[i - 1]),
      measures: bySteps.get(step.id),
    })),
  )
  const number =
    (read: (measures: StepMeasures) => number | null) =>
    ({ measures }: MapRow): string =>
      countText(measures === undefined ? null : read(measures))
  const columns: Column<MapRow>[] = [
    { head: 'stage', cell: ({ stage }) => stage, align: 'left' },
    {
      head: 'step',
      cell: ({ label }) => label,
      align: 'left',
    },
    { head: 'customers', cell: number((m) => m.customers), align: 'right' },
    {
      head: 'moved on',
      cell: ({ measures }) => shareText(measures?.movedOnShare ?? null),
      align: 'right',
    },
    {
      head: 'back',
      cell: ({ measures }) => shareText(measures?.wentBackShare ?? null),
      align: 'right',
    },
    { head: 'left', cell: number((m) => m.left), align: 'right' },
    { head: 'in progress', cell: number((m) => m.inProgress), align: 'right' },
    {
      head: 'to next',
      cell: ({ measures }) => durationText(measures?.medianToNextMs ?? null),
      align: 'right',
    },
  ]
  if (measured.steps.some(({ moneyAtRisk }) => moneyAtRisk !== null)) {
    columns.push({
      head: 'at risk',
      cell: ({ measures }) => moneyText(measures?.moneyAtRisk?.amount ?? null, currency),
      align: 'right',
    })
  }
  if (measured.steps.some(({ emotion }) => emotion.mean !== null)) {
    columns.push({ head: 'emotion', cell: emotionText, align: 'right' })
  }
  const width = terminalWidth()
  const fitting = fittingColumns(rows, columns, SPARE, width)
  const left = columns.filter((column) => !fitting.includes(column)).map(({ head }) => head)
  return [
    ...tableLines(rows, fitting, width),
    ...(left.length === 0 ? [] : [pc.dim(`A wider terminal also shows: ${left.join(', ')}`)]),
  ]
}

/** Left out of a narrow terminal, in this order. */
const SPARE = ['back', 'to next', 'in progress', 'emotion']

const FEW_ANSWERS = 5

function emotionText({ measures }: MapRow): string {
  const { mean, n } = measures?.emotion ?? { mean: null, n: 0 }
  if (mean === null) return '—'
  if (n < FEW_ANSWERS) return 'few'
  return `${mean > 0 ? '+' : ''}${mean.toFixed(1)}`
}

const SHOWN = 3

function leakLines(map: JourneyMap, measured: MapMeasures, currency: string): readonly string[] {
  const names = new Map(
    map.stages.flatMap(({ steps }: Stage) => steps.map(({ id, name }) => [id, name])),
  )
  const leaks = measured.leaks.slice(0, SHOWN)
  if (leaks.length === 0) return []
  return [
    '',
    pc.bold(leaks.length === 1 ? 'The leak' : `The ${leaks.length} leaks that cost most`),
    ...leaks.flatMap((leak, i) => {
      const left = `${countText(leak.left)} left (${shareText(leak.leftShare)})`
      const reason = reasonText(leak, names)
      return [
        `${i + 1}. ${names.get(leak.stepId) ?? leak.stepId}  ${left}${costText(leak, currency)}`,
        ...(reason === '' ? [] : [`   ${pc.dim(reason)}`]),
        ...(leak.explained === null ? [] : [`   ${pc.dim(explainedText(leak.explained))}`]),
      ]
    }),
  ]
}

/** What it is ranked by first: the part that the reason explains, then all that is at risk. */
function costText({ moneyAtRisk, explainedMoney }: Leak, currency: string): string {
  if (moneyAtRisk === null) return ''
  const atRisk = `${moneyText(moneyAtRisk.amount, currency)} at risk`
  return explainedMoney === null
    ? ` · ${atRisk}`
    : ` · ${moneyText(explainedMoney, currency)} explained, of ${atRisk}`
}

function explainedText({ share, low, high }: ExplainedPart): string {
  return `explains ${shareText(share)} of the loss (${shareText(low)}–${shareText(high)})`
}

function reasonText({ reason }: Leak, names: ReadonlyMap<string, string>): string {
  switch (reason.kind) {
    case 'none':
      return ''
    case 'event':
      return `${reason.event}: ${shareText(reason.leftShare)} of those who left, ${shareText(reason.movedShare)} of others`
    case 'property':
      return `${reason.property} ${reason.value}: ${shareText(reason.leftShare)} of those who left, ${shareText(reason.movedShare)} of others`
    case 'trait':
      return `${reason.trait} ${reason.value}: ${shareText(reason.leftShare)} of those who left, ${shareText(reason.movedShare)} of others`
    case 'way-back':
      return `back to ${names.get(reason.toStepId) ?? reason.toStepId}: ${shareText(reason.share)} of those who left, ${shareText(reason.movedShare)} of others`
    case 'worse-since':
      return `worse since ${dayText(reason.sinceMs, 'UTC')}: ${shareText(reason.before)} before, ${shareText(reason.after)} after`
  }
}

/** What a map from data found, before anybody changes it. */
export function proposalLines(proposal: MapProposal): readonly string[] {
  const byId = new Map(proposal.touchpoints.map((touchpoint) => [touchpoint.id, touchpoint]))
  const rows = proposal.stages.flatMap((stage) =>
    stage.steps.map((step, i) => {
      const touchpoints = step.touchpointIds.flatMap((id) => byId.get(id) ?? [])
      const goal = step.touchpointIds.includes(proposal.goal?.touchpointId ?? '')
      return {
        stage: i === 0 ? stage.name : '',
        step: `${stepLabel(step, stage.steps[i - 1])}${goal ? ' (goal)' : ''}`,
        touchpoints: touchpoints.map(({ name, channel }) => `${name} [${channel}]`).join(', '),
        events: touchpointsApart(touchpoints).reduce((sum, { events }) => sum + events, 0),
      }
    }),
  )
  const columns: Column<(typeof rows)[number]>[] = [
    { head: 'stage', cell: ({ stage }) => stage, align: 'left' },
    { head: 'step', cell: ({ step }) => step, align: 'left' },
    { head: 'touchpoints', cell: ({ touchpoints }) => touchpoints, align: 'left' },
    { head: 'events', cell: ({ events }) => countText(events), align: 'right' },
  ]
  const { leftOut } = proposal
  return [
    `${pc.bold(proposal.name)}  ${countOf(rows.length, 'step')} from your events`,
    '',
    ...tableLines(rows, columns, terminalWidth()),
    ...(leftOut.length === 0
      ? []
      : [
          '',
          pc.dim(
            `${countOf(leftOut.length, 'kind')} of behaviour became no step (--json lists them)`,
          ),
        ]),
  ]
}
