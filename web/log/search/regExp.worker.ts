import { answerQuestion, type RegExpQuestion } from './regExpWork.ts';

// A separate thread, so that the page can end an expression that never ends.
self.addEventListener('message', (event: MessageEvent<RegExpQuestion>) => {
  self.postMessage(answerQuestion(event.data));
});
