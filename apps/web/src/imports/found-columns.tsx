import { READ_AS, TIME_FORMATS } from '@parcurs/domain'
import { CircleCheck, CircleHelp } from 'lucide-react'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { Choice } from '../ui/choice.tsx'
import { TextInput } from '../ui/text-input.tsx'
import styles from './found-columns.module.css'
import type { ImportLook, ImportOptions } from './use-imports.ts'

const ROLES = [
  'customer',
  'anonymous',
  'time',
  'clock',
  'event',
  'value',
  'currency',
  'id',
  'channel',
  'url',
  'order',
] as const
type Role = (typeof ROLES)[number]

const DETECTED = '\u0000detected'

/** Which column is what, as detected and why; each can be chosen instead. */
export function FoundColumns(props: {
  readonly look: ImportLook
  readonly options: ImportOptions
  readonly onChange: (options: ImportOptions) => void
}) {
  const { look, options, onChange } = props
  const { t } = useTranslation()
  const choose = (role: Role, column: string) => {
    // A known export has columns of its own: whoever chooses one reads the file as a table.
    const { [role]: _, as: __, ...rest } = options
    onChange(column === DETECTED ? rest : { ...rest, [role]: column })
  }
  const format = TIME_FORMATS.find((known) => known === (options.timeFormat ?? look.timeFormat))
  // Also where the times can be read in two ways: here it is said in which.
  const asksFormat = look.problems.some(({ code }) => code.startsWith('time-'))
  return (
    <>
      {look.export !== null && (
        <p className={styles.why}>
          <CircleCheck size={14} aria-hidden="true" />
          <span>{t('imports.looksLike', { what: t(`exportKind.${look.export}`) })}</span>
        </p>
      )}
      <ul className={styles.roles}>
        <li className={styles.role}>
          <Choice
            label={t('imports.readAs')}
            shown="field"
            value={look.export ?? 'table'}
            options={READ_AS.map((id) => ({ id, text: t(`exportKind.${id}`) }))}
            onChange={(as) => onChange(readAs(options, as))}
          />
        </li>
        {ROLES.map((role) => {
          const found = look.found.find((column) => column.role === role)
          return (
            <li key={role} className={styles.role}>
              <Choice
                label={t(`columnRole.${role}`)}
                shown="field"
                value={options[role] ?? DETECTED}
                options={[
                  { id: DETECTED, text: detectedText(found, t('imports.nothing')) },
                  ...look.columns.map((column) => ({ id: column, text: column })),
                ]}
                onChange={(column) => choose(role, column)}
              />
              <Why found={found} />
            </li>
          )
        })}
        {(format !== undefined || asksFormat) && (
          <li className={styles.role}>
            <Choice
              label={t('imports.timeFormat')}
              shown="field"
              value={format ?? DETECTED}
              options={[
                ...(format === undefined
                  ? [{ id: DETECTED, text: t('imports.nothing') } as const]
                  : []),
                ...TIME_FORMATS.map((id) => ({ id, text: t(`timeFormat.${id}`) })),
              ]}
              onChange={(id) => {
                const timeFormat = TIME_FORMATS.find((one) => one === id)
                if (timeFormat !== undefined) onChange({ ...options, timeFormat })
              }}
            />
          </li>
        )}
        {look.zone !== null && (
          <li className={styles.role}>
            <TextInput
              label={t('imports.zone')}
              value={options.tz ?? look.zone}
              hint={look.zoneAssumed ? t('imports.zoneAssumed') : ''}
              list={Intl.supportedValuesOf('timeZone')}
              onChange={(tz) => onChange({ ...options, tz })}
            />
          </li>
        )}
      </ul>
      {look.unused.map(({ column, why }) => (
        <p key={column} className={styles.why}>
          <CircleHelp size={14} aria-hidden="true" />
          <span>{t(`unusedColumn.${why}`, { column })}</span>
        </p>
      ))}
    </>
  )
}

/** Columns that were chosen for a table say nothing of an export. */
function readAs(options: ImportOptions, as: (typeof READ_AS)[number]): ImportOptions {
  const { format, delimiter, encoding, skip, tz, timeFormat, decimal, anyId, lifecycle, source } =
    options
  const kept = {
    format,
    delimiter,
    encoding,
    skip,
    tz,
    timeFormat,
    decimal,
    anyId,
    lifecycle,
    source,
  }
  return {
    ...Object.fromEntries(Object.entries(kept).filter(([, said]) => said !== undefined)),
    as,
  }
}

function detectedText(found: ImportLook['found'][number] | undefined, nothing: string): string {
  if (found === undefined) return nothing
  // A product of two; of an export, whichever is filled.
  return found.text ?? found.columns.join(found.reason.kind === 'export' ? ', ' : ' × ')
}

function Why({ found }: { readonly found: ImportLook['found'][number] | undefined }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  if (found === undefined) return null
  const sure = found.confidence !== 'guess'
  return (
    <p className={styles.why}>
      {sure ? (
        <CircleCheck size={14} aria-hidden="true" />
      ) : (
        <CircleHelp size={14} aria-hidden="true" />
      )}
      <span>
        {t(`foundReason.${found.reason.kind}`, { share: numbers.percent(found.reason.share ?? 1) })}
        {found.examples.length > 0 && (
          <span className={styles.examples}> {found.examples.join(' · ')}</span>
        )}
      </span>
    </p>
  )
}
