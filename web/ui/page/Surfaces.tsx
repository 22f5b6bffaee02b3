import { useState } from 'react';
import { Button, IconButton } from '../Button.tsx';
import { Dialog } from '../Dialog.tsx';
import { DialogForm, TextAreaField, TextField } from '../DialogForm.tsx';
import { Plus } from '../firstIcons.tsx';
import { JsonView } from '../JsonView.tsx';
import { SplitView } from '../SplitView.tsx';
import { TabList } from '../TabList.tsx';
import { UndoNotice } from '../UndoNotice.tsx';
import { Specimen } from './Specimen.tsx';
import { texts } from './texts.ts';

const nothing = () => undefined;
const tones = ['good', 'warn', 'bad'] as const;
const value = '{"name": "user1", "items": [14247375118774737462, 1.0], "shared": true}';

export function Surfaces() {
  return (
    <>
      <Dialogs />
      <Tabs />
      <Specimen name={texts.chips}>
        <span className="chip">{texts.neutral}</span>
        {[...tones, 'accent' as const].map((tone) => (
          <span key={tone} className={`chip is-${tone}`} translate="no">
            {tone}
          </span>
        ))}
        <kbd translate="no">Ctrl</kbd>
      </Specimen>
      <Specimen name={texts.notices}>
        <div className="specimen-wide">
          <div className="notice">{texts.neutral}</div>
          {tones.map((tone) => (
            <div key={tone} className={`notice is-${tone}`}>
              {texts[tone]}
            </div>
          ))}
          <UndoNotice done={{ text: texts.done, undo: nothing }} onDismiss={nothing} />
        </div>
      </Specimen>
      <Specimen name={texts.panels}>
        <div className="panel specimen-panel">
          <div className="panel-head">
            <h2>{texts.panel}</h2>
            <span className="spring" />
            <IconButton label={texts.newTab} icon={<Plus size={16} />} />
          </div>
          <div className="panel-body">
            <div className="empty">
              <p>
                <strong>{texts.empty}</strong> {texts.emptyHint}
              </p>
              <Button>{texts.createSession}</Button>
            </div>
          </div>
        </div>
      </Specimen>
      <Specimen name={texts.values}>
        <div translate="no">
          <JsonView text={value} />
        </div>
      </Specimen>
      <Specimen name={texts.panes}>
        <div className="specimen-panes">
          <SplitView
            orientation="horizontal"
            panes={[
              { id: 'first', label: texts.first, content: texts.first, minSize: '80px' },
              { id: 'second', label: texts.second, content: texts.second, minSize: '80px' },
            ]}
          />
        </div>
      </Specimen>
    </>
  );
}

function Dialogs() {
  const [open, setOpen] = useState<'narrow' | 'wide'>();
  const close = () => setOpen(undefined);
  return (
    <Specimen name={texts.dialogs}>
      <Button onClick={() => setOpen('narrow')}>{texts.renameTab}</Button>
      <Button onClick={() => setOpen('wide')}>{texts.compare}</Button>
      {open === 'narrow' && (
        <Dialog title={texts.renameTab} onClose={close}>
          <TabForm onDone={close} />
        </Dialog>
      )}
      {open === 'wide' && (
        <Dialog title={texts.compare} onClose={close}>
          <div className="dialog-body is-wide">{texts.neutral}</div>
        </Dialog>
      )}
      <div className="specimen-wide">
        <TabForm onDone={nothing} />
      </div>
    </Specimen>
  );
}

function TabForm({ onDone }: { readonly onDone: () => void }) {
  const buttons = (
    <>
      <Button onClick={onDone}>{texts.cancel}</Button>
      <Button look="primary" type="submit">
        {texts.rename}
      </Button>
    </>
  );
  return (
    <DialogForm
      onSubmit={onDone}
      buttons={buttons}
      deletion={<Button look="danger">{texts.delete}</Button>}
    >
      <TextField label={texts.name} hint={texts.titleHint} defaultValue={texts.name} />
      <TextField label={texts.folder} placeholder={texts.noFolder} choices={[texts.saved]} />
      <TextAreaField label={texts.note} defaultValue={texts.optionHint} rows={2} />
    </DialogForm>
  );
}

function Tabs() {
  const [active, setActive] = useState<'general' | 'shortcuts'>('general');
  return (
    <Specimen name={texts.tabs}>
      <TabList
        label={texts.tabs}
        tabs={[
          { id: 'general', label: texts.general },
          { id: 'shortcuts', label: texts.shortcuts },
        ]}
        activeId={active}
        onActivate={setActive}
        panelId="tab-panel"
      />
      <div id="tab-panel" role="tabpanel" aria-label={texts[active]} />
    </Specimen>
  );
}
