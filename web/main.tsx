import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { offerAutomation } from './app/automation.ts';
import { createConsole } from './app/createConsole.ts';
import './ui/theme.css';

const parts = createConsole();
offerAutomation(parts.tabs);

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App console={parts} />
    </StrictMode>,
  );
}
