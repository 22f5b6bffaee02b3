import { answerQuestion, type RegExpQuestion } from './regExpWork.ts';

// Runs apart from the page, so that an expression that never ends can be ended from there.
self.addEventListener('message', (event: MessageEvent<RegExpQuestion>) => {
  self.postMessage(answerQuestion(event.data));
});
