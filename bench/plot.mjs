export function plotOf() {
  return "";
}
