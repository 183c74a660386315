import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAsk } from '../api/ask.ts'
import { useMe } from '../api/use-me.ts'
import { LANGUAGE_NAMES, LANGUAGES } from '../languages/language.ts'
import { useTranslation } from '../languages/translation.ts'
import { useSpokenLanguage, useWords } from '../languages/words.ts'
import { answerIn } from '../ui/asked.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import panel from '../ui/panel.module.css'
import { Segmented } from '../ui/segmented.tsx'
import { TextInput } from '../ui/text-input.tsx'
import { THEMES, useTheme } from '../ui/theme.ts'
import { Section } from './section.tsx'

/** Name, language, theme and password of whoever is signed in. */
export function YouSection() {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const user = answerIn(useMe())?.user ?? null
  const [theme, chooseTheme] = useTheme()
  const words = useWords()
  const language = useSpokenLanguage()
  const [name, setName] = useState(user?.name ?? '')
  const change = useMutation({
    mutationFn: (body: { name?: string; language?: (typeof LANGUAGES)[number] }) =>
      ask('changeMe', { body }),
    onSuccess: (changed) => client.setQueryData(['me'], changed),
  })
  if (user === null) return null
  return (
    <>
      <Section title={t('settings.you')} text={user.email} error={change.error}>
        <form
          className={panel.fields}
          onSubmit={(event) => {
            event.preventDefault()
            change.mutate({ name })
          }}
        >
          <TextInput
            label={t('settings.name')}
            value={name}
            autoComplete="name"
            onChange={setName}
          />
          <Choice
            label={t('shell.language')}
            shown="field"
            value={language}
            options={LANGUAGES.map((id) => ({ id, text: LANGUAGE_NAMES[id] }))}
            onChange={(id) => {
              void words.choose(id)
              change.mutate({ language: id })
            }}
          />
          <div>
            <p>{t('shell.theme')}</p>
            <Segmented
              label={t('shell.theme')}
              value={theme}
              options={THEMES.map((id) => ({ id, text: t(`theme.${id}`) }))}
              onChange={chooseTheme}
            />
          </div>
          <div className={panel.actions}>
            <Button type="submit" disabled={name === user.name || change.isPending}>
              {t('action.save')}
            </Button>
          </div>
        </form>
      </Section>
      <PasswordSection hasPassword={user.hasPassword} />
    </>
  )
}

function PasswordSection({ hasPassword }: { readonly hasPassword: boolean }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const change = useMutation({
    mutationFn: () =>
      ask('changePassword', { body: hasPassword ? { current, password } : { password } }),
    onSuccess: () => {
      setCurrent('')
      setPassword('')
      return client.invalidateQueries({ queryKey: ['me'] })
    },
  })
  return (
    <Section
      title={hasPassword ? t('settings.changePassword') : t('shell.setPassword')}
      text={t('settings.passwordText')}
      error={change.error}
    >
      <form
        className={panel.fields}
        onSubmit={(event) => {
          event.preventDefault()
          change.mutate()
        }}
      >
        {hasPassword && (
          <TextInput
            label={t('settings.currentPassword')}
            type="password"
            autoComplete="current-password"
            required
            value={current}
            onChange={setCurrent}
          />
        )}
        <TextInput
          label={t('settings.newPassword')}
          type="password"
          autoComplete="new-password"
          required
          minLength={10}
          hint={t('settings.passwordHint')}
          value={password}
          onChange={setPassword}
        />
        <div className={panel.actions}>
          <Button kind="main" type="submit" disabled={password.length < 10 || change.isPending}>
            {t('action.save')}
          </Button>
          {change.isSuccess && password === '' && (
            <span role="status">{t('settings.passwordSet')}</span>
          )}
        </div>
      </form>
    </Section>
  )
}
