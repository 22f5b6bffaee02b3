import { useMemo, useState } from 'react';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import { readJson } from '../../../protocol/json/readJson.ts';
import { shortName, visibleName, visibleText } from '../../../protocol/text/visibleText.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogForm, TextAreaField } from '../../ui/DialogForm.tsx';
import { shortened } from '../../ui/shortened.ts';
import { partAt, withPart } from '../edit/jsonParts.ts';
import type { SessionEdits } from '../edit/sessionEdits.ts';
import type { FoundPlace } from './pathFinder.ts';
import { pathOf } from './pathOf.ts';
import { texts } from './texts.ts';

interface UpdateDialogProps {
  readonly edits: SessionEdits;
  readonly sessionId: string;
  readonly places: readonly FoundPlace[];
  readonly onClose: () => void;
}

const maxShown = 20;
const maxShownLength = 80;

/** Gives everything that a path has found one value. It is staged, like every edit. */
export function UpdateDialog({ edits, sessionId, places, onClose }: UpdateDialogProps) {
  const [text, setText] = useState('null');
  const read = readJson(text);
  const known = useMemo(
    () =>
      places.flatMap((place) => {
        const whole = edits.valueOf(sessionId, place.key);
        const json = whole && partAt(whole, place.steps);
        return json === undefined ? [] : [{ ...place, json }];
      }),
    [edits, sessionId, places],
  );
  const submit = () => {
    if (!read.ok) return;
    stageAll(edits, sessionId, { places: known, value: read.value });
    onClose();
  };
  return (
    <Dialog title={texts.updateTitle(known.length)} onClose={onClose}>
      <DialogForm
        onSubmit={submit}
        buttons={
          <>
            <Button onClick={onClose}>{texts.cancel}</Button>
            <Button look="primary" type="submit" disabled={!read.ok || known.length === 0}>
              {texts.stage(known.length)}
            </Button>
          </>
        }
      >
        <TextAreaField
          label={texts.newValue}
          hint={read.ok ? texts.stageHint : texts.noJson}
          aria-invalid={!read.ok}
          rows={3}
          spellCheck={false}
          translate="no"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <ul className="update-preview" aria-label={texts.preview} translate="no">
          {known.slice(0, maxShown).map(({ key, steps, json }) => (
            <li key={`${key} ${pathOf(steps)}`} className="mono">
              <bdi>{`${shortName(visibleName(key))}${pathOf(steps).slice(1)}`}</bdi>{' '}
              <del>{visibleText(shortened(json, maxShownLength))}</del>{' '}
              <ins>{read.ok ? visibleText(shortened(read.value, maxShownLength)) : '…'}</ins>
            </li>
          ))}
        </ul>
        {known.length > maxShown && (
          <p className="session-note">{texts.andMore(known.length - maxShown)}</p>
        )}
        {known.length < places.length && (
          <p className="session-note">{texts.notLoadedPlaces(places.length - known.length)}</p>
        )}
      </DialogForm>
    </Dialog>
  );
}

interface Staging {
  readonly places: readonly FoundPlace[];
  readonly value: JsonText;
}

/** Of places inside one another the outer one counts. */
function stageAll(edits: SessionEdits, sessionId: string, { places, value }: Staging): void {
  for (const { key, steps } of places) {
    if (steps.length === 0) edits.stage(sessionId, key, value);
    else edits.change(sessionId, key, (whole) => withPart(whole, steps, value));
  }
}
