#!/bin/sh
# Runs once, when the database is made. Two roles beside the superuser: one owns the tables and is used only to change them,
# one is the service. The service owns nothing and cannot pass by row-level security.
set -eu
owner=$(cat /run/secrets/database_owner_password)
service=$(cat /run/secrets/database_service_password)
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  -v owner="$owner" -v service="$service" <<'SQL'
create role tatak_owner login nosuperuser nocreatedb nocreaterole nobypassrls password :'owner';
create role tatak_service login nosuperuser nocreatedb nocreaterole nobypassrls password :'service';
alter database tatak owner to tatak_owner;
revoke all on database tatak from public;
grant connect on database tatak to tatak_service;
revoke all on schema public from public;
alter schema public owner to tatak_owner;
SQL
