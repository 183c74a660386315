import { FileUp } from 'lucide-react'
import { type DragEvent, useEffect, useRef, useState } from 'react'
import type { AnswerOf } from '../api/routes.ts'
import { uploadFile } from '../api/upload.ts'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import { Button } from '../ui/button.tsx'
import { Progress } from '../ui/progress.tsx'
import { useProblemText } from '../ui/problem-text.ts'
import styles from './file-drop.module.css'

type Upload =
  | { readonly state: 'waiting' }
  | { readonly state: 'sending'; readonly file: File; readonly sentBytes: number }
  | { readonly state: 'failed'; readonly error: Error }

/** What a file may look like; its columns may have other names and another order. */
const SAMPLE = `customer_id,time,event,value
c-1041,2026-11-02 09:14:00,product_viewed,
c-1041,2026-11-02 09:21:30,order_completed,59.90`

/** Drop a file or choose one. It is sent as it is; nothing is stored as events yet. */
export function FileDrop(props: {
  readonly workspace: string
  /** The import that the file is to take the place of; null: none. */
  readonly instead: string | null
  readonly onCancel: () => void
  readonly onUploaded: (uploaded: AnswerOf<'upload'>) => void
}) {
  const { t } = useTranslation()
  const numbers = useNumbers()
  const problemText = useProblemText()
  const [upload, setUpload] = useState<Upload>({ state: 'waiting' })
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const abort = useRef<AbortController | null>(null)
  const section = useRef<HTMLElement | null>(null)
  const { instead } = props
  useEffect(() => {
    // Whoever asked for it stands further down.
    if (instead !== null) section.current?.querySelector('button')?.focus()
  }, [instead])
  const title = instead === null ? t('imports.drop') : t('again.newFile', { name: instead })

  const send = (file: File | undefined) => {
    if (file === undefined) return
    abort.current = new AbortController()
    setUpload({ state: 'sending', file, sentBytes: 0 })
    uploadFile(
      props.workspace,
      file,
      (sentBytes) => setUpload({ state: 'sending', file, sentBytes }),
      abort.current.signal,
    ).then(
      (uploaded) => {
        setUpload({ state: 'waiting' })
        props.onUploaded(uploaded)
      },
      (error: unknown) =>
        setUpload(
          error instanceof DOMException
            ? { state: 'waiting' }
            : { state: 'failed', error: error instanceof Error ? error : new Error(String(error)) },
        ),
    )
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    send(event.dataTransfer.files[0])
  }
  return (
    <section
      className={styles.drop}
      data-over={over}
      ref={section}
      aria-label={title}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <span className={styles.icon} aria-hidden="true">
        <FileUp size={24} />
      </span>
      {upload.state === 'sending' ? (
        <>
          <p className={styles.title}>{upload.file.name}</p>
          <Progress
            label={t('imports.sending')}
            share={upload.file.size === 0 ? 1 : upload.sentBytes / upload.file.size}
            text={`${numbers.bytes(upload.sentBytes)} / ${numbers.bytes(upload.file.size)}`}
          />
          <Button onPress={() => abort.current?.abort()}>{t('action.cancel')}</Button>
        </>
      ) : (
        <>
          <p className={styles.title}>{title}</p>
          <p className={styles.soft}>{t('imports.formats')}</p>
          <pre className={styles.sample} aria-label={t('imports.sampleFile')}>
            {SAMPLE}
          </pre>
          {upload.state === 'failed' && (
            <p role="alert" className={styles.wrong}>
              {problemText(upload.error)}
            </p>
          )}
          <input
            ref={input}
            type="file"
            tabIndex={-1}
            className="visually-hidden"
            aria-label={t('imports.choose')}
            onChange={(event) => {
              send(event.target.files?.[0])
              event.target.value = ''
            }}
          />
          <Button kind="main" onPress={() => input.current?.click()}>
            {t('imports.choose')}
          </Button>
          {instead !== null && (
            <Button kind="quiet" onPress={props.onCancel}>
              {t('action.cancel')}
            </Button>
          )}
        </>
      )}
    </section>
  )
}
