import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Switch } from '../ui/Switch.tsx';
import { messages as say } from './messages.ts';
import type { Settings } from './settingsStore.ts';

/** What can be done with all that the browser keeps. */
export interface StoredDataProps {
  /** What could not be read and was kept as it was. */
  readonly backups: readonly { readonly name: string; readonly label: string }[];
  readonly onDownloadBackup: (name: string) => void;
  readonly onClearAll: () => void;
}

interface GeneralPageProps extends StoredDataProps {
  readonly chosen: Settings;
  readonly onChange: (changed: Partial<Settings>) => void;
}

/** Choices about the page as a whole, and what the browser keeps of it. */
export function GeneralPage({ chosen, onChange, ...data }: GeneralPageProps) {
  return (
    <>
      <Switch
        label={say.twoPane}
        hint={say.twoPaneHint}
        isOn={chosen.isTwoPane}
        onToggle={() => onChange({ isTwoPane: !chosen.isTwoPane })}
      />
      <Switch
        label={say.newestFirst}
        hint={say.newestFirstHint}
        isOn={chosen.isNewestFirst}
        onToggle={() => onChange({ isNewestFirst: !chosen.isNewestFirst })}
      />
      <Switch
        label={say.probing}
        hint={say.probingHint}
        isOn={chosen.isProbing}
        onToggle={() => onChange({ isProbing: !chosen.isProbing })}
      />
      <Switch
        label={say.remembering}
        hint={say.rememberingHint}
        isOn={chosen.isRemembering}
        onToggle={() => onChange({ isRemembering: !chosen.isRemembering })}
      />
      {chosen.isRemembering && (
        <p className="notice is-warn" role="status">
          {say.rememberingRisk}
        </p>
      )}
      <StoredData {...data} />
    </>
  );
}

function StoredData({ backups, onDownloadBackup, onClearAll }: StoredDataProps) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      {backups.length > 0 && (
        <div className="switch-line">
          <div>
            <strong>{say.backups}</strong>
            <p>{say.backupsHint}</p>
          </div>
          <div className="settings-buttons">
            {backups.map(({ name, label }) => (
              <Button key={name} onClick={() => onDownloadBackup(name)}>
                {say.downloadBackup(label)}
              </Button>
            ))}
          </div>
        </div>
      )}
      <div className="switch-line">
        <div>
          <strong>{say.clearAll}</strong>
          <p>{say.clearAllHint}</p>
        </div>
        <Button look="danger" onClick={() => setAsking(true)}>
          {say.clearAll}
        </Button>
      </div>
      {isAsking && (
        <Dialog title={say.clearAllAsk} onClose={() => setAsking(false)}>
          <div className="dialog-body">
            <p>{say.clearAllLoses}</p>
            <div className="dialog-buttons">
              <Button look="danger" onClick={onClearAll}>
                {say.clear}
              </Button>
              <Button look="primary" onClick={() => setAsking(false)}>
                {say.cancel}
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}
