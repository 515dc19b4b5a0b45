#!/usr/bin/env bash
# Runs `assay gate` as the variables of action.yml say, puts its Markdown where GitHub shows it, and ends as the gate did.
set -uo pipefail

case $NOT_ENOUGH_EVIDENCE in
  fail | pass) ;;
  *)
    echo "::error title=Assay gate::not-enough-evidence is \"$NOT_ENOUGH_EVIDENCE\"; it must be fail or pass."
    exit 3
    ;;
esac

options=(--format=markdown "--experiment=$EXPERIMENT")

# option NAME VALUE: unless the value is empty.
option() {
  if [[ -n $2 ]]; then options+=("$1=$2"); fi
}

# option_per_line NAME LINES: as often as there are lines that are not blank.
option_per_line() {
  local line
  while IFS= read -r line; do
    line=${line%$'\r'}
    if [[ -n ${line// /} ]]; then options+=("$1=$line"); fi
  done <<<"$2"
}

option --baseline "$BASELINE"
option_per_line --max-drop "$MAX_DROP"
option --require "$REQUIRE"
option --margin "$MARGIN"
option --max-missing "$MAX_MISSING"
option_per_line --minimize "$MINIMIZE"
option_per_line --maximize "$MAXIMIZE"
if [[ $INCLUDE_CHANGED == true ]]; then options+=(--include-changed); fi

if [[ -z $COMMAND ]]; then
  # The action comes with the whole repository. Without optional packages: those are the database, which a gate has no use for.
  manifest=$GITHUB_ACTION_PATH/../../packages/cli/package.json
  VERSION=${VERSION:-$(node -p 'JSON.parse(fs.readFileSync(process.argv[1], "utf8")).version' "$manifest")}
  COMMAND="npx --yes --omit=optional assay@$VERSION"
fi
read -ra command <<<"$COMMAND"

report=$(mktemp)
"${command[@]}" gate "${options[@]}" >"$report"
code=$?
# A program that cannot be fetched or started ends with 1, too, and reports nothing.
if [[ ! -s $report ]]; then code=3; fi
case $code in
  0) outcome=pass ;;
  1) outcome=fail ;;
  2) outcome=not_enough_evidence ;;
  *)
    outcome=error
    # Also over the comment of an earlier run: that is of an earlier candidate.
    printf '### ⚠️ The gate could not be asked.\n\nThe log of the job says why.\n' >"$report"
    ;;
esac

# What ends the report must not be in it.
delimiter=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf 'outcome=%s\nmarkdown<<%s\n%s\n%s\n' "$outcome" "$delimiter" "$(cat "$report")" "$delimiter" >>"$GITHUB_OUTPUT"
cat "$report" >>"$GITHUB_STEP_SUMMARY"
cat "$report"

# Writes the report over the comment that an earlier run has left, or leaves one.
comment() {
  local body comments id
  export MARKER="<!-- assay gate: ${COMMENT_NAME//-->/} -->"
  body=$(mktemp)
  printf '%s\n%s\n' "$MARKER" "$(cat "$report")" >"$body"
  # One's own, for anybody may write a comment that begins like it.
  id=$(gh pr view "$PULL_REQUEST" --repo "$GITHUB_REPOSITORY" --json comments --jq '
    [.comments[] | select(.viewerDidAuthor and (.body | startswith(env.MARKER))) | .url | capture("issuecomment-(?<id>[0-9]+)").id] | first // ""
  ') || return
  comments=repos/$GITHUB_REPOSITORY/issues
  if [[ -n $id ]]; then
    gh api --silent --method PATCH "$comments/comments/$id" -F "body=@$body"
  else
    gh api --silent --method POST "$comments/$PULL_REQUEST/comments" -F "body=@$body"
  fi
}

if [[ -n $GH_TOKEN && -n $PULL_REQUEST ]]; then
  comment || echo "::warning title=Assay gate::The comment could not be written. It takes a token with pull-requests: write."
fi

case $outcome in
  pass) exit 0 ;;
  fail) exit 1 ;;
  error) exit 3 ;;
esac
if [[ $NOT_ENOUGH_EVIDENCE == pass ]]; then
  echo "::warning title=Assay gate::There is not enough evidence. The job goes on as not-enough-evidence says."
  exit 0
fi
exit 2
