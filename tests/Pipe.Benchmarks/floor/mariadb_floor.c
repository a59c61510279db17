/*
 * The least that a program can do to keep a mail in MariaDB: read it, connect, insert one row, commit.
 *
 *   mariadb_floor SOCKET USER PASSWORD DATABASE < message
 *
 * The table is mail (id INT AUTO_INCREMENT PRIMARY KEY, message LONGBLOB).
 */
#include <mysql.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *read_all(unsigned long *length)
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
    static const char insert[] = "INSERT INTO mail (message) VALUES (?)";
    unsigned long length;
    char *text = read_all(&length);
    MYSQL *server = mysql_init(NULL);
    MYSQL_BIND bind;
    if (argc < 5 || !text || !server || !mysql_real_connect(server, NULL, argv[2], argv[3], argv[4], 0, argv[1], 0))
        return 75;
    MYSQL_STMT *statement = mysql_stmt_init(server);
    memset(&bind, 0, sizeof bind);
    bind.buffer_type = MYSQL_TYPE_LONG_BLOB;
    bind.buffer = text;
    bind.buffer_length = length;
    bind.length = &length;
    if (mysql_autocommit(server, 0) || mysql_stmt_prepare(statement, insert, sizeof insert - 1)
        || mysql_stmt_bind_param(statement, &bind) || mysql_stmt_execute(statement) || mysql_commit(server))
        return 75;
    mysql_stmt_close(statement);
    mysql_close(server);
    return 0;
}
