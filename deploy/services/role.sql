-- The portal's role and database, made once. The role may make test databases, and is no
-- superuser, so that tests meet the same refusals as in use.
SELECT 'CREATE ROLE portal LOGIN CREATEDB PASSWORD ''portal'''
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal') \gexec
SELECT 'CREATE DATABASE portal OWNER portal'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'portal') \gexec
