import { useState } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { answerIn } from '../ui/asked.ts'
import { Button } from '../ui/button.tsx'
import panel from '../ui/panel.module.css'
import { SaveFailed } from '../ui/save-failed.tsx'
import { Shown } from '../ui/shown.tsx'
import table from '../ui/table.module.css'
import { type AgainChoice, AgainNotice, safeChoice } from './again-notice.tsx'
import { FileControls } from './file-controls.tsx'
import { FoundColumns } from './found-columns.tsx'
import styles from './import-look.module.css'
import rows from './row-table.module.css'
import { useRefusalText } from './refusal-text.ts'
import { RejectTable } from './reject-table.tsx'
import {
  type ImportLook,
  type ImportOptions,
  useCancelImport,
  useLook,
  useRunImport,
} from './use-imports.ts'

export interface ReplacedImport {
  readonly importId: string
  readonly name: string
}

/** What was detected in the file, open to change, and what its first rows would give. Nothing is stored before "Import". */
export function ImportLookPanel(props: {
  readonly workspace: string
  readonly importId: string
  readonly name: string
  /** The import that the file takes the place of; null: none was named. */
  readonly replaced: ReplacedImport | null
  readonly onDone: () => void
}) {
  const { workspace, importId, name, replaced, onDone } = props
  const { t } = useTranslation()
  const text = useRefusalText()
  const [options, setOptions] = useState<ImportOptions>({})
  const [said, setSaid] = useState<AgainChoice | null>(null)
  const look = useLook(workspace, importId, options)
  const run = useRunImport(workspace)
  const cancel = useCancelImport(workspace)
  const found = answerIn(look)
  const again = otherwise(found?.again ?? null, replaced)
  const choice = again === null ? null : (said ?? safeChoice(again))
  const begin = () => {
    const former = choice === 'replace' ? (again?.imports ?? []) : []
    const replace = [...(replaced === null ? [] : [replaced]), ...former]
    run.mutate(
      {
        importId,
        options,
        ...(replace.length > 0 ? { replace: replace.map((one) => one.importId) } : {}),
        ...(choice === 'keep' ? { keep: true } : {}),
      },
      { onSuccess: onDone },
    )
  }
  return (
    <section className={panel.box} aria-label={name}>
      <header>
        <h2 className={panel.title}>{name}</h2>
        <FileFacts file={found?.file ?? null} columns={found?.columns.length ?? 0} />
      </header>
      {replaced !== null && <p>{t('again.takesPlace', { name: replaced.name })}</p>}
      <Shown asked={look}>
        {(found) => (
          <div className={styles.look}>
            {found.problems.map((problem) => (
              <p key={problem.code} role="alert" className={styles.problem}>
                <strong>{text.file(problem.code) ?? problem.code}</strong> {problem.detail}
              </p>
            ))}
            {again !== null && choice !== null && (
              <AgainNotice again={again} choice={choice} onChange={setSaid} />
            )}
            <FileControls look={found} options={options} onChange={setOptions} />
            {found.file !== null && (
              <>
                <FoundColumns look={found} options={options} onChange={setOptions} />
                <Sample look={found} />
              </>
            )}
          </div>
        )}
      </Shown>
      <SaveFailed saving={run} />
      <div className={panel.actions}>
        <Button
          kind="main"
          disabled={
            look.state !== 'answered' ||
            look.answer.file === null ||
            look.answer.problems.length > 0 ||
            choice === 'skip' ||
            run.isPending
          }
          onPress={begin}
        >
          {t('imports.run')}
        </Button>
        <Button onPress={() => cancel.mutate(importId, { onSettled: onDone })}>
          {t('action.cancel')}
        </Button>
      </div>
    </section>
  )
}

/** What is here by other imports: whoever said which one the file takes the place of was asked about that already. */
function otherwise(again: ImportLook['again'], replaced: ReplacedImport | null) {
  if (again === null || replaced === null) return again
  const imports = again.imports.filter(({ importId }) => importId !== replaced.importId)
  return imports.length === 0 ? null : { ...again, imports }
}

function FileFacts(props: { readonly file: ImportLook['file']; readonly columns: number }) {
  const { t } = useTranslation()
  const { file } = props
  if (file === null) return null
  return (
    <p className={panel.text}>
      {[
        file.format.toUpperCase(),
        ...(file.gzip ? ['gzip'] : []),
        file.encodingTold === 'content' && file.encoding !== 'utf-8'
          ? t('imports.toldByContent', { encoding: file.encoding })
          : file.encoding,
        ...(file.skippedLines === 0 ? [] : [t('imports.skipped', { count: file.skippedLines })]),
        ...(file.document === null || file.document.path === ''
          ? []
          : [t('imports.rowsOfList', { path: file.document.path })]),
        ...(file.document === null || file.document.beside.length === 0
          ? []
          : [t('imports.notRead', { fields: file.document.beside.join(', ') })]),
        t('imports.columns', { count: props.columns }),
      ].join(' · ')}
    </p>
  )
}

function Sample({ look }: { readonly look: ImportLook }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const { sample } = look
  return (
    <div className={styles.sample}>
      <h3>
        {t('imports.sample', { count: sample.rows, n: numbers.count(sample.rows) })}
        {sample.rejected > 0 &&
          ` · ${t('imports.sampleRejected', { count: sample.rejected, n: numbers.count(sample.rejected) })}`}
      </h3>
      <div className={table.frame} tabIndex={0} role="region" aria-label={t('imports.examples')}>
        <table className={`${table.table ?? ''} ${rows.stacked ?? ''}`}>
          <thead>
            <tr>
              <th scope="col">{t('columnRole.customer')}</th>
              <th scope="col">{t('columnRole.time')}</th>
              <th scope="col">{t('columnRole.event')}</th>
              <th scope="col" className={table.number}>
                {t('columnRole.value')}
              </th>
            </tr>
          </thead>
          <tbody>
            {sample.examples.map((example, i) => (
              <tr key={i}>
                <td data-label={t('columnRole.customer')}>{example.customer}</td>
                <td data-label={t('columnRole.time')}>
                  {example.timeMs === null ? '' : numbers.instant(example.timeMs)}
                </td>
                <td data-label={t('columnRole.event')}>{example.event}</td>
                <td className={table.number} data-label={t('columnRole.value')}>
                  {example.value === null ? '' : numbers.plain(example.value)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {sample.rejects.length > 0 && <RejectTable rejects={sample.rejects.slice(0, 5)} />}
    </div>
  )
}
