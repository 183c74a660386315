import { NO_NAMES, readSentence, ruleSentence, type SegmentRule } from '@parcurs/domain'
import { useState } from 'react'
import { firstLanguage } from '../languages/language.ts'
import { useTranslation } from '../languages/translation.ts'
import type { Offer } from '../sentences/offer.ts'
import { useAllNames } from '../sentences/use-names.ts'
import { answerIn } from '../ui/asked.ts'
import { Button } from '../ui/button.tsx'
import { TextInput } from '../ui/text-input.tsx'
import { Failed, Waiting } from '../ui/waiting.tsx'
import styles from './segment-text.module.css'

/** The sentence as plain text: to be copied into a message, and to be read back from one. */
export function SegmentText(props: {
  readonly rule: SegmentRule
  readonly offer: Offer
  readonly onRead: (rule: SegmentRule) => void
}) {
  const { t, i18n } = useTranslation()
  const language = firstLanguage(i18n.language, [])
  const known = useAllNames(props.offer.workspace, props.offer.maps)
  const names = answerIn(known) ?? NO_NAMES
  const said = ruleSentence(props.rule, language, names)
  const [typed, setTyped] = useState<string | null>(null)
  const [copied, setCopied] = useState(false)
  const read = typed === null ? null : readSentence(typed, language, names)
  const wrong =
    read === null || read.ok
      ? null
      : t(read.value === '' ? 'segments.textShort' : 'segments.textWrong', {
          value: read.value,
          expected: expectedWords(read.expected),
        })

  function expectedWords(
    expected: Extract<ReturnType<typeof readSentence>, { ok: false }>['expected'],
  ): string {
    const shown = expected.map((one) =>
      one.kind === 'words' ? `“${one.text}”` : t(`segments.expected.${one.kind}`),
    )
    return [...new Set(shown)].slice(0, MOST_SHOWN).join(', ')
  }

  // A text that speaks of things by name is written and read once their names are known.
  if (known.state === 'waiting') return <Waiting />
  return (
    <div className={styles.text}>
      {(known.state === 'refused' || known.state === 'offline') && (
        <Failed error={known.error} onRetry={known.retry} />
      )}
      <TextInput
        label={t('segments.textLabel')}
        rows={3}
        value={typed ?? said}
        hint={t('segments.textHint')}
        wrong={wrong}
        onChange={(text) => {
          setTyped(text)
          setCopied(false)
        }}
      />
      <div className={styles.actions}>
        <Button
          onPress={() =>
            void navigator.clipboard.writeText(typed ?? said).then(() => setCopied(true))
          }
        >
          {t(copied ? 'action.copied' : 'action.copy')}
        </Button>
        {read?.ok === true && (
          <Button
            kind="main"
            onPress={() => {
              props.onRead(read.rule)
              setTyped(null)
            }}
          >
            {t('segments.textRead')}
          </Button>
        )}
      </div>
    </div>
  )
}

const MOST_SHOWN = 6
