import { useEffect, useState } from 'react'
import type { AnswerOf } from '../api/routes.ts'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { Button } from '../ui/button.tsx'
import { SaveFailed } from '../ui/save-failed.tsx'
import { TextInput } from '../ui/text-input.tsx'
import styles from './segment-form.module.css'
import { useSaveList } from './save-segment.ts'
import { type SavedSegment } from './use-segments.ts'

/** A list of customers while it is changed: what it is called, and who is added or taken off by id. */
export function ListForm(props: {
  readonly workspace: string
  readonly draft: SavedSegment
  readonly onSaved: () => void
  readonly onCancel: () => void
  /** Whether something is written that is not saved. */
  readonly onChanged?: (changed: boolean) => void
}) {
  // As it was last saved here: what somebody else saved meanwhile is told when it is saved again.
  const [segment, setSegment] = useState(props.draft)
  const { t } = useTranslation()
  const [name, setName] = useState(segment.name)
  const [description, setDescription] = useState(segment.description)
  const [add, setAdd] = useState('')
  const [remove, setRemove] = useState('')
  const [missing, setMissing] = useState<Missing | null>(null)
  const save = useSaveList(props.workspace)
  const { onChanged } = props
  const changed =
    name !== segment.name || description !== segment.description || add !== '' || remove !== ''
  useEffect(() => onChanged?.(changed), [onChanged, changed])
  const submit = () => {
    if (name.trim() === '') return
    save.mutate(
      {
        segment,
        name: name.trim(),
        description: description.trim(),
        add: idsIn(add),
        remove: idsIn(remove),
      },
      {
        onSuccess: ({ saved, notFound }) => {
          if (notFound === null || notFound.ids === 0) props.onSaved()
          else {
            setSegment(saved)
            setMissing(notFound)
            setAdd('')
            setRemove('')
          }
        },
      },
    )
  }
  return (
    <form
      className={styles.main}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <TextInput
        label={t('segments.name')}
        value={name}
        required
        wrong={name.trim() === '' ? t('segments.nameMissing') : null}
        onChange={setName}
      />
      <TextInput
        label={t('segments.description')}
        value={description}
        hint={t('segments.descriptionHint')}
        onChange={setDescription}
      />
      <TextInput
        label={t('segments.listAdd')}
        value={add}
        rows={4}
        hint={t('segments.listHint')}
        onChange={setAdd}
      />
      <TextInput
        label={t('segments.listRemove')}
        value={remove}
        rows={4}
        hint={t('segments.listHint')}
        onChange={setRemove}
      />
      {missing !== null && <NotFound missing={missing} />}
      <SaveFailed saving={save} />
      <footer className={styles.actions}>
        <Button kind="main" type="submit" disabled={save.isPending}>
          {t('action.save')}
        </Button>
        <Button kind="quiet" onPress={props.onCancel}>
          {t(missing === null ? 'action.cancel' : 'action.close')}
        </Button>
      </footer>
    </form>
  )
}

type Missing = AnswerOf<'changeList'>['notFound']

function NotFound({ missing }: { readonly missing: Missing }) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  return (
    <p role="status">
      {t('segments.listMissing', {
        count: missing.ids,
        n: numbers.count(missing.ids),
        ids: numbers.list(missing.examples.slice(0, MOST_SHOWN)),
      })}
    </p>
  )
}

const MOST_SHOWN = 5

/** One a line, or with commas between. */
function idsIn(text: string): readonly string[] {
  return text
    .split(/[\n,;]+/)
    .map((id) => id.trim())
    .filter((id) => id !== '')
}
