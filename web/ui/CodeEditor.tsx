import { useRef } from 'react';
import { Button } from './Button.tsx';
import type { CodeEditorProps, Handover } from './editorProps.ts';
import { MonacoEditor } from './MonacoEditor.tsx';
import { PlainEditor } from './PlainEditor.tsx';
import { uiTexts } from './uiTexts.ts';
import { useMonaco } from './useMonaco.ts';
import './CodeEditor.css';

/**
 * A JSON editor. While Monaco loads, and where it cannot, a plain text area with the same name
 * takes its place, so that typing and sending never wait. When Monaco comes, text, selection and
 * focus go over to it.
 */
export function CodeEditor(props: CodeEditorProps) {
  const handover = useRef<Handover | undefined>(undefined);
  const isComposing = useRef(false);
  const loading = useMonaco(isComposing);
  if (loading.state === 'ready') {
    return <MonacoEditor {...props} module={loading.module} handover={handover} />;
  }
  return (
    <div className="plain-editor-frame">
      {loading.state !== 'loading' && (
        <div className="plain-editor-notice">
          <p role="status">{props.plainNotices[loading.state]}</p>
          {loading.state === 'failed' && <Button onClick={loading.retry}>{uiTexts.retry}</Button>}
        </div>
      )}
      <PlainEditor {...props} handover={handover} isComposing={isComposing} />
    </div>
  );
}
