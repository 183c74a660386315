import { ENCODINGS } from '@parcurs/domain'
import { useTranslation } from '../languages/translation.ts'
import { Check } from '../ui/check.tsx'
import { Choice } from '../ui/choice.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { TextInput } from '../ui/text-input.tsx'
import styles from './found-columns.module.css'
import type { ImportLook, ImportOptions } from './use-imports.ts'

const FOUND = '\u0000found'
const MARKS = ['point', 'comma'] as const
const LIFECYCLES = ['complete', 'all'] as const

/** How the file itself is read: each as it was found, or as somebody says. */
export function FileControls(props: {
  readonly look: ImportLook
  readonly options: ImportOptions
  readonly onChange: (options: ImportOptions) => void
}) {
  const { look, options, onChange } = props
  const { t } = useTranslation()
  const { file } = look
  // Of what could not be read as it was said: this is where it is said otherwise.
  const isText = file === null || file.encodingTold !== null
  const isTable = file === null || file.format === 'csv' || file.format === 'xlsx'
  const found = { id: FOUND, text: t('fileControl.found') }
  const said = <K extends keyof ImportOptions>(name: K, value: ImportOptions[K] | undefined) => {
    const { [name]: _, ...rest } = options
    onChange(value === undefined ? rest : { ...rest, [name]: value })
  }
  return (
    <ul className={styles.roles}>
      {isText && (
        <li className={styles.role}>
          <Choice
            label={t('fileControl.encoding')}
            shown="field"
            value={options.encoding ?? FOUND}
            options={[
              options.encoding === undefined && file !== null
                ? { ...found, text: t('fileControl.foundIs', { what: file.encoding }) }
                : found,
              ...ENCODINGS.map((id) => ({ id, text: id })),
            ]}
            onChange={(id) =>
              said(
                'encoding',
                ENCODINGS.find((one) => one === id),
              )
            }
          />
        </li>
      )}
      {isTable && (
        <li className={styles.role}>
          <NumberField
            label={t('fileControl.skip')}
            value={typeof options.skip === 'number' ? options.skip : (file?.skippedLines ?? 0)}
            least={0}
            most={10_000}
            whole
            onChange={(skip) => said('skip', skip)}
          />
        </li>
      )}
      <li className={styles.role}>
        <Choice
          label={t('fileControl.decimal')}
          shown="field"
          value={options.decimal ?? FOUND}
          options={[found, ...MARKS.map((id) => ({ id, text: t(`fileControl.${id}`) }))]}
          onChange={(id) =>
            said(
              'decimal',
              MARKS.find((one) => one === id),
            )
          }
        />
      </li>
      {file?.format === 'xes' && (
        <li className={styles.role}>
          <Choice
            label={t('fileControl.lifecycle')}
            shown="field"
            value={options.lifecycle ?? 'complete'}
            options={LIFECYCLES.map((id) => ({ id, text: t(`fileControl.${id}`) }))}
            onChange={(lifecycle) => said('lifecycle', lifecycle)}
          />
        </li>
      )}
      <li className={styles.role}>
        <TextInput
          label={t('fileControl.source')}
          value={options.source ?? ''}
          hint={t('fileControl.sourceText')}
          onChange={(source) => said('source', source.trim() === '' ? undefined : source)}
        />
      </li>
      <li className={styles.role}>
        <Check
          label={t('fileControl.anyId')}
          hint={t('fileControl.anyIdText')}
          value={options.anyId ?? false}
          onChange={(anyId) => said('anyId', anyId || undefined)}
        />
      </li>
    </ul>
  )
}
