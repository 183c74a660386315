import { browserSnippet, curlSnippet, nodeSnippet } from '@parcurs/contract/key-snippet'
import { useTranslation } from '../languages/translation.ts'
import { Secret } from '../ui/secret.tsx'
import list from './list.module.css'

/** A new key, shown once, with what to paste where: ready with the key and this installation's address. */
export function KeySnippet(props: { readonly value: string; readonly kind: 'browser' | 'server' }) {
  const { t } = useTranslation()
  const sender = { key: props.value, address: location.origin }
  return (
    <div className={list.ready}>
      <Secret label={t('settings.once')} text={props.value} />
      {props.kind === 'browser' ? (
        <Secret label={t('snippet.browser')} text={browserSnippet(sender).join('\n')} />
      ) : (
        <>
          <Secret label={t('snippet.node')} text={nodeSnippet(sender).join('\n')} />
          <Secret label={t('snippet.curl')} text={curlSnippet(sender).join('\n')} />
        </>
      )}
    </div>
  )
}
