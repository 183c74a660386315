import { isGroup, type SegmentRule } from '@parcurs/domain'
import type { MyWorkspace } from '../api/use-me.ts'
import { useTranslation } from '../languages/translation.ts'
import { Button } from '../ui/button.tsx'
import { Modal } from '../ui/modal.tsx'
import styles from './segment-page.module.css'
import { SegmentForm } from './segment-form.tsx'
import { inSegment } from './segment-search.ts'

/** A sentence written where it is needed: used as it stands, or saved by a name. */
export default function SegmentDialog(props: {
  readonly workspace: MyWorkspace
  readonly rule: SegmentRule
  /** null: everybody. */
  readonly onUse: (rule: SegmentRule | null) => void
  readonly onClose: () => void
}) {
  const { workspace, rule, onUse } = props
  const { t } = useTranslation()
  return (
    <Modal label={t('segments.new')} place="top" wide onClose={props.onClose}>
      <div className={styles.dialog}>
        <h2>{t('segments.new')}</h2>
        <SegmentForm
          workspace={workspace.slug}
          draft={{ id: null, version: 0, name: '', description: '', rule }}
          onSaved={({ id }) => onUse(inSegment(id))}
          onCancel={props.onClose}
          more={(written) => (
            <Button
              disabled={written === null}
              onPress={() => {
                if (written !== null) onUse(isEverybody(written) ? null : written)
              }}
            >
              {t('segments.useUnsaved')}
            </Button>
          )}
        />
      </div>
    </Modal>
  )
}

function isEverybody(rule: SegmentRule): boolean {
  return isGroup(rule) && rule.kind !== 'any' && rule.rules.length === 0
}
