import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useAsk } from '../api/ask.ts'
import type { MyWorkspace } from '../api/use-me.ts'
import { LANGUAGE_NAMES, LANGUAGES } from '../languages/language.ts'
import { useTranslation } from '../languages/translation.ts'
import { useSpokenLanguage, useWords } from '../languages/words.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import panel from '../ui/panel.module.css'
import { SaveFailed } from '../ui/save-failed.tsx'
import styles from './first-steps.module.css'
import { draftHere, WorkspaceFields } from './workspace-fields.tsx'

/** Before anything is counted: what the workspace is called, how its days are cut, its money, and the language spoken. */
function FirstSteps({ workspace }: { readonly workspace: MyWorkspace }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const words = useWords()
  const language = useSpokenLanguage()
  const [draft, setDraft] = useState(() => ({
    ...draftHere(''),
    currency: workspace.currency,
    weekStart: workspace.weekStart,
  }))
  const save = useMutation({
    mutationFn: () =>
      ask('changeWorkspace', { params: { workspace: workspace.slug }, body: draft }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['me'] }),
  })
  const speak = useMutation({
    mutationFn: (chosen: (typeof LANGUAGES)[number]) =>
      ask('changeMe', { body: { language: chosen } }),
    onSuccess: (me) => client.setQueryData(['me'], me),
  })
  return (
    <section className={styles.steps} aria-labelledby="first-steps">
      <h2 id="first-steps" className={panel.title}>
        {t('firstSteps.title')}
      </h2>
      <p className={panel.text}>{t('firstSteps.text')}</p>
      <form
        className={panel.fields}
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <WorkspaceFields draft={draft} onChange={setDraft} />
        <Choice
          label={t('shell.language')}
          shown="field"
          value={language}
          options={LANGUAGES.map((id) => ({ id, text: LANGUAGE_NAMES[id] }))}
          onChange={(id) => {
            void words.choose(id)
            speak.mutate(id)
          }}
        />
        <div className={panel.actions}>
          <Button kind="main" type="submit" disabled={draft.name.trim() === '' || save.isPending}>
            {t('firstSteps.save')}
          </Button>
        </div>
      </form>
      <SaveFailed saving={save} />
    </section>
  )
}

/** Comes once in the life of a workspace, and brings its words with it. */
export default function LateFirstSteps(props: { readonly workspace: MyWorkspace }) {
  const words = useWords()
  const [ready, setReady] = useState(false)
  useEffect(() => {
    void words.open(['workspaces']).then(() => setReady(true))
  }, [words])
  return ready ? <FirstSteps {...props} /> : null
}
