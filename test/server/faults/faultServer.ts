// Started by the fault runs, as a process: the server as it is shipped, which also says what it holds.
import './reportFigures.ts';
import '../../../server/main.ts';
