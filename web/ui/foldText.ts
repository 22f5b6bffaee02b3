export {
  foldedPlaces,
  foldText,
  holdsFolded,
  isBeyondAscii,
} from '../../protocol/text/foldText.ts';
