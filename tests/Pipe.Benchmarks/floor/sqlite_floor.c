/*
 * The least that a program can do to keep a mail in SQLite: read it, insert one row, commit durably.
 *
 *   sqlite_floor FILE < message
 */
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

static char *read_all(size_t *length)
{
    size_t capacity = 1 << 16, count = 0;
    char *text = malloc(capacity);
    ssize_t got;
    while (text && (got = read(0, text + count, capacity - count)) > 0) {
        count += got;
        if (count == capacity)
            text = realloc(text, capacity *= 2);
    }
    *length = count;
    return text;
}

int main(int argc, char **argv)
{
    size_t length;
    char *text = read_all(&length);
    sqlite3 *db;
    sqlite3_stmt *insert;
    if (argc < 2 || !text || sqlite3_open(argv[1], &db) != SQLITE_OK)
        return 75;
    sqlite3_busy_timeout(db, 30000);
    if (sqlite3_exec(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
            "CREATE TABLE IF NOT EXISTS mail (id INTEGER PRIMARY KEY, message BLOB)", NULL, NULL, NULL) != SQLITE_OK)
        return 75;
    if (sqlite3_prepare_v2(db, "INSERT INTO mail (message) VALUES (?)", -1, &insert, NULL) != SQLITE_OK)
        return 75;
    sqlite3_bind_blob64(insert, 1, text, length, SQLITE_STATIC);
    if (sqlite3_step(insert) != SQLITE_DONE)
        return 75;
    sqlite3_finalize(insert);
    return sqlite3_close(db) == SQLITE_OK ? 0 : 75;
}
