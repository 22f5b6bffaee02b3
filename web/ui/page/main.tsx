// The page of all components, for those who build the console: `npm run dev`, then /ui. Not in the build.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ComponentsPage } from './ComponentsPage.tsx';
import '../theme.css';

const root = document.getElementById('root');
const theme = new URLSearchParams(location.search).get('theme');
if (theme === 'dark') document.documentElement.dataset['theme'] = theme;
if (root) {
  createRoot(root).render(
    <StrictMode>
      <ComponentsPage />
    </StrictMode>,
  );
}
