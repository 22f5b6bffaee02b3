import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { templateOf } from '../../protocol/wire/template.ts';
import { hostOf } from '../connection/page/address.ts';
import { pageTokens } from '../connection/page/hiddenTokens.ts';
import { createInspectorFeature } from '../inspector/inspectorFeature.ts';
import { followInspectorLink } from '../inspector/inspectorLink.ts';
import { InspectorPanel } from '../inspector/InspectorPanel.tsx';
import { linkTo } from '../links/link.ts';
import { createServers } from '../servers/servers.ts';
import { createSettingsStore } from '../settings/settingsStore.ts';
import { useTheme } from '../settings/useTheme.ts';
import { ActionsContext, createActionRegistry } from '../ui/action.ts';
import { homeUrl, nowMs, onNextFrame, setTimer } from '../ui/pageClock.ts';
import { pageStorage } from '../ui/stored.ts';
import './App.css';

/** What this page has from start to end. */
function createParts() {
  const storage = pageStorage();
  const { servers } = createInspectorFeature({ homeUrl: homeUrl(), nowMs, setTimer, onNextFrame });
  return {
    inspector: servers.home.inspector,
    settings: createSettingsStore(storage.text('settings')),
    servers: createServers(storage.text('servers')),
    registry: createActionRegistry(),
  };
}

/** The inspector alone, beside an app or in a window of its own. */
export function InspectorPage() {
  const [{ inspector, settings, servers, registry }] = useState(createParts);
  useTheme(settings);
  useStore(servers.known.store);
  const { mode, name } = servers.of(homeUrl());
  useEffect(() => {
    inspector.start();
    return followInspectorLink(inspector, hostOf(homeUrl()));
  }, [inspector]);
  return (
    <ActionsContext value={registry}>
      <main className="app inspector-alone">
        <InspectorPanel
          inspector={inspector}
          server={{ mode, name, host: hostOf(homeUrl()) }}
          isWidened
          onInsertTemplate={() => openConsole(templateOf('SH_NEW').text)}
        />
      </main>
    </ActionsContext>
  );
}

/** The console with a message in its composer. */
function openConsole(message: string): void {
  window.open(`/${linkTo({ message }, pageTokens) ?? ''}`, '_blank', 'noopener');
}
