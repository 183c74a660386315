import {
  importRoutes,
  passedOverText,
  refuse,
  type importLook,
  type importView,
} from '@parcurs/contract'
import { problemText } from '@parcurs/domain'
import type { z } from 'zod'
import type { Workspace } from '../http/gate.ts'
import type { Handle } from '../http/serve.ts'
import type { ShapeProblem } from './file-shape.ts'
import type { ImportRecord } from './import-record.ts'
import type { Imports } from './imports.ts'
import type { Look, UnreadableProblem } from './look.ts'
import type { Again } from './recognise.ts'
import type { PassedOver } from './unpack.ts'

/** Uploading, looking at, running and following imports: what the web app and the terminal use alike. */
export function serveImports(handle: Handle, imports: Imports, clock: () => number): void {
  const viewsOf = async (records: readonly ImportRecord[], { id, currency }: Workspace) => {
    const sources = new Set(
      records.flatMap(({ progress }) => (progress.collisions ?? []).map(({ source }) => source)),
    )
    const former = await imports.bySources(id, [...sources])
    return records.map((record) => importViewOf(record, former, clock(), currency))
  }
  const viewOf = async (record: ImportRecord, workspace: Workspace) => {
    const [view] = await viewsOf([record], workspace)
    if (view === undefined) throw new Error('an import without a view')
    return view
  }
  const missing = (importId: string) => refuse('not-found', `no import '${importId}' here`)
  const over = ({ state }: ImportRecord) =>
    refuse('import-over', `the import is ${state}: upload the file again`)

  handle(importRoutes.imports, async ({ workspace }) =>
    viewsOf(await imports.list(workspace.id), workspace),
  )
  handle(importRoutes.upload, async ({ workspace, query, stream }) => {
    const uploaded = await imports.upload(workspace.id, query.name, stream)
    switch (uploaded.kind) {
      case 'disk-full':
        return refuse('disk-full', 'no room for the file; nothing of it was kept')
      case 'archive-refused':
        return refuse('archive-refused', `'${query.name}' is not unpacked: ${uploaded.detail}`)
      case 'uploaded': {
        const [first] = uploaded.records
        return first === undefined
          ? refuse('archive-refused', nothingIn(query.name, uploaded.passedOver))
          : {
              importId: first.importId,
              ...uploaded.received,
              files: uploaded.records.map(({ importId, file }) => ({
                importId,
                name: file.name,
                sizeBytes: file.sizeBytes,
              })),
              passedOver: uploaded.passedOver.map((one) => ({ ...one })),
            }
      }
    }
  })
  handle(importRoutes.look, async ({ workspace, params, body }) => {
    const record = await imports.find(workspace.id, params.importId)
    if (record === null) return missing(params.importId)
    if (record.state === 'running') return over(record)
    const look = await imports.look(record, body, workspace.timeZone)
    return look === null
      ? over(record)
      : lookView(look, await imports.recognise(record, look), record)
  })
  handle(importRoutes.run, async ({ workspace, params, body }) => {
    const record = await imports.find(workspace.id, params.importId)
    if (record === null) return missing(params.importId)
    if (record.state === 'running') return over(record)
    const options = body.options ?? {}
    const look = await imports.look(record, options, workspace.timeZone)
    if (look === null) return over(record)
    if (!look.ok || look.detection.mapping === null) {
      const said = lookView(look, null, record).problems.map(({ detail }) => detail)
      return refuse('import-unclear', said.join('; '))
    }
    const { mapping } = look.detection
    const dryRun = body.dryRun === true
    const replaces = body.replace ?? []
    for (const importId of replaces) {
      const former = await imports.find(workspace.id, importId)
      if (former === null || importId === params.importId) return missing(importId)
      if (former.state === 'running') return over(former)
    }
    if (!dryRun && body.keep !== true) {
      const again = await imports.recognise(record, look)
      if (again !== null && wouldDouble(again, replaces)) {
        return refuse('import-again', againText(again))
      }
    }
    const plan = { options, shape: look.shape, mapping, dryRun, replaces }
    return await viewOf(await imports.run(record, plan), workspace)
  })
  handle(importRoutes.import, async ({ workspace, params }) => {
    const record = await imports.find(workspace.id, params.importId)
    return record === null ? missing(params.importId) : await viewOf(record, workspace)
  })
  handle(importRoutes.rejects, async ({ workspace, params, header }) => {
    const record = await imports.find(workspace.id, params.importId)
    if (record === null) return missing(params.importId)
    header('content-disposition', `attachment; filename="rejects.${rejectsFormat(record)}"`)
    return imports.rejects(record)
  })
  handle(importRoutes.cancel, async ({ workspace, params }) => {
    const record = await imports.find(workspace.id, params.importId)
    if (record === null) return missing(params.importId)
    await imports.remove(record)
    return undefined
  })
}

function nothingIn(name: string, passedOver: readonly PassedOver[]): string {
  const why = passedOver.map((one) => `'${one.name}' ${passedOverText(one.why)}`)
  return `nothing in '${name}' is read${why.length === 0 ? '' : `: ${why.join('; ')}`}`
}

function rejectsFormat({ settings }: ImportRecord): 'csv' | 'jsonl' {
  return (settings.format ?? 'csv') === 'csv' ? 'csv' : 'jsonl'
}

/** Whether rows would be stored a second time beside those that nothing takes away. */
function wouldDouble({ double, imports }: Again, replaces: readonly string[]): boolean {
  const left = imports.filter(({ record }) => !replaces.includes(record.importId))
  return double && (imports.length === 0 || left.length > 0)
}

function againText({ rows, here, imports }: Again): string {
  const by = imports.map(({ record }) => `${record.importId} of '${record.file.name}'`)
  return `${here} of the first ${rows} rows are here already under other ids (import ${by.join(', ')}), and would count twice: say which imports these replace, or keep`
}

function importViewOf(
  record: ImportRecord,
  former: readonly ImportRecord[],
  nowMs: number,
  currency: string,
): z.input<typeof importView> {
  const { file, settings, progress } = record
  const { startedMs, endedMs, rows } = progress
  const elapsedMs = startedMs === null ? 0 : (endedMs ?? nowMs) - startedMs
  return {
    importId: record.importId,
    name: file.name,
    sizeBytes: file.sizeBytes,
    state: record.state,
    dryRun: settings.dryRun,
    rejectsFormat: rejectsFormat(record),
    createdMs: record.createdMs,
    progress: {
      bytesRead: progress.bytesRead,
      rows,
      stored: progress.stored,
      repeated: progress.repeated,
      collided: progress.collided ?? 0,
      replaced: settings.replaced ?? 0,
      rejected: progress.rejected,
      stated: progress.stated ?? 0,
      rejectsByCode: { ...progress.rejectsByCode },
      otherMoney: Object.entries(progress.money ?? {})
        .filter(([code]) => code !== currency)
        .map(([code, { events, ticks }]) => ({ currency: code, events, amount: ticks / 10_000 })),
      currency,
      startedMs,
      endedMs,
      rate: elapsedMs <= 0 ? null : Math.round((rows / elapsedMs) * 1000),
    },
    rejects: progress.rejects.map((reject) => ({ ...reject })),
    collisions: (progress.collisions ?? []).map(({ line, id, source, row, differs }) => {
      const by = former.find((one) => one.source === source)
      return {
        line,
        id,
        place: { importId: by?.importId ?? null, name: by?.file.name ?? null, row },
        differs: differs.map((one) => ({ ...one })),
      }
    }),
    problem: progress.problem,
  }
}

function againView({ rows, here, double, imports }: Again) {
  return {
    rows,
    here,
    double,
    imports: imports.map(({ record, rows }) => ({
      importId: record.importId,
      name: record.file.name,
      createdMs: record.createdMs,
      rows,
      stored: record.progress.stored,
    })),
  }
}

function lookView(
  look: Look,
  again: Again | null,
  { file }: ImportRecord,
): z.input<typeof importLook> {
  if (!look.ok) {
    const problem = { code: look.problem.code, detail: shapeText(look.problem) }
    return { ...NOTHING, problems: [problem] }
  }
  const { shape, detection, sample } = look
  const { mapping } = detection
  return {
    file: {
      format: file.sheet === true ? 'xlsx' : shape.format,
      gzip: shape.gzip,
      encoding: 'encoding' in shape ? shape.encoding : 'utf-8',
      encodingTold: 'told' in shape && file.sheet !== true ? shape.told : null,
      skippedLines: shape.format === 'csv' ? shape.skip : 0,
      delimiter: shape.format === 'csv' && file.sheet !== true ? shape.delimiter : null,
      header: shape.format !== 'csv' || shape.header,
      document:
        shape.format === 'jsonl' && shape.document !== null
          ? { path: shape.document.path.join('.'), beside: [...shape.document.beside] }
          : null,
    },
    columns: [...detection.columns],
    export: detection.export,
    unused: detection.unused.map((one) => ({ ...one })),
    found: detection.found.map((found) => ({
      ...found,
      columns: [...found.columns],
      examples: [...found.examples],
    })),
    timeFormat: mapping?.timeFormat ?? null,
    zone: mapping !== null && detection.zoneless ? mapping.zone : null,
    zoneAssumed: detection.zoneAssumed,
    again: again === null ? null : againView(again),
    problems: detection.problems.map((problem) => ({
      code: problem.code,
      detail: problemText(problem, detection.columns),
    })),
    sample: {
      rows: sample.rows,
      rejected: sample.rejected,
      rejects: sample.rejects.map((reject) => ({ ...reject })),
      examples: sample.examples.map((example) => ({ ...example })),
    },
  }
}

const NOTHING = {
  file: null,
  columns: [],
  export: null,
  found: [],
  unused: [],
  timeFormat: null,
  zone: null,
  zoneAssumed: false,
  again: null,
  problems: [],
  sample: { rows: 0, rejected: 0, rejects: [], examples: [] },
}

function shapeText(problem: ShapeProblem | UnreadableProblem): string {
  switch (problem.code) {
    case 'file-empty':
      return 'the file is empty; expected CSV, JSON, Parquet or XES'
    case 'file-binary':
      return `the file is no text and no Parquet${problem.guess === null ? '' : ` (it looks like ${problem.guess})`}; expected CSV, JSON, Parquet or XES, each also gzipped`
    case 'json-array':
      return 'the file is a JSON list that holds no objects; expected a list of objects, a list of them in an object, or one object a line'
    case 'no-delimiter':
      return `the first line, '${problem.line}', is not cut into columns by comma, tab, semicolon or |`
    case 'format-contradicts':
      return `--format ${problem.asked}: the file is ${problem.found}`
    case 'file-unreadable':
      return `the file cannot be read: ${problem.detail}`
  }
}
