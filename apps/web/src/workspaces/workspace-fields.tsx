import type { BodyOf } from '../api/routes.ts'
import { useTranslation } from '../languages/translation.ts'
import { Choice } from '../ui/choice.tsx'
import { TextInput } from '../ui/text-input.tsx'

export type WorkspaceDraft = Required<BodyOf<'changeWorkspace'>>

/** What every workspace has: a name, and how days are cut and money is said. */
export function WorkspaceFields(props: {
  readonly draft: WorkspaceDraft
  readonly onChange: (draft: WorkspaceDraft) => void
}) {
  const { draft, onChange } = props
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        label={t('settings.workspaceName')}
        value={draft.name}
        required
        onChange={(name) => onChange({ ...draft, name })}
      />
      <TextInput
        label={t('settings.timeZone')}
        value={draft.timeZone}
        list={Intl.supportedValuesOf('timeZone')}
        onChange={(timeZone) => onChange({ ...draft, timeZone })}
      />
      <TextInput
        label={t('settings.currency')}
        value={draft.currency}
        list={Intl.supportedValuesOf('currency')}
        onChange={(currency) => onChange({ ...draft, currency: currency.toUpperCase() })}
      />
      <Choice
        label={t('settings.weekStart')}
        shown="field"
        value={draft.weekStart}
        options={[
          { id: 'monday', text: t('settings.monday') },
          { id: 'sunday', text: t('settings.sunday') },
        ]}
        onChange={(weekStart) => onChange({ ...draft, weekStart })}
      />
    </>
  )
}

/** As this browser sits somewhere: a first guess that is mostly right. */
export function draftHere(name: string): WorkspaceDraft {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  return { name, timeZone, currency: 'EUR', weekStart: 'monday' }
}
