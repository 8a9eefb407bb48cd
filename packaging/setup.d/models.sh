# The language models, through the program's own installer: it checks, resumes and tells its progress itself.
# shellcheck shell=bash

# stage_model NAME, or `default` for whichever the catalogue says that is.
stage_model() {
  local name=$1 stamp file status=0 arguments=()
  model_is_current "$name" && return 0
  say "language model: $name …"
  [ "$name" = default ] || arguments=("$name")
  # The installer says itself that it was stopped.
  trap : INT
  file=$("$VENV/bin/tutor" model install "${arguments[@]+"${arguments[@]}"}" | sed -n 's/^.* is installed and verified: //p') || status=$?
  trap interrupted INT
  ((status != 130)) || exit 130
  if ((status != 0)) || [ -z "$file" ]; then
    say "The language model is not there yet; everything else is. Try again: bash packaging/run model install"
    return 0
  fi
  stamp=$(model_stamp "$name")
  { printf '%s\n%s\n' "$(data_folder_key)" "$file" > "$stamp.new"; } && mv "$stamp.new" "$stamp"
}
