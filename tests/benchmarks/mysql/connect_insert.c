/* Connects over a Unix socket, inserts one row with a prepared statement, commits; with the server's own client library. */
#include <mysql.h>
#include <stdio.h>
#include <string.h>

static int fail(const char *message)
{
    fprintf(stderr, "%s\n", message);
    return 1;
}

int main(int argc, char **argv)
{
    if (argc != 5)
        return fail("usage: connect_insert SOCKET USER PASSWORD DATABASE");

    MYSQL *connection = mysql_init(NULL);
    mysql_options(connection, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    if (!mysql_real_connect(connection, NULL, argv[2], argv[3], argv[4], 0, argv[1], 0))
        return fail(mysql_error(connection));
    if (mysql_query(connection, "START TRANSACTION"))
        return fail(mysql_error(connection));

    const char *sql = "INSERT INTO probe (name, size) VALUES (?, ?)";
    MYSQL_STMT *statement = mysql_stmt_init(connection);
    if (mysql_stmt_prepare(statement, sql, strlen(sql)))
        return fail(mysql_stmt_error(statement));

    char name[] = "a ticket";
    int size = 42;
    unsigned long length = sizeof name - 1;
    MYSQL_BIND bind[2];
    memset(bind, 0, sizeof bind);
    bind[0].buffer_type = MYSQL_TYPE_STRING;
    bind[0].buffer = name;
    bind[0].buffer_length = length;
    bind[0].length = &length;
    bind[1].buffer_type = MYSQL_TYPE_LONG;
    bind[1].buffer = &size;
    if (mysql_stmt_bind_param(statement, bind) || mysql_stmt_execute(statement))
        return fail(mysql_stmt_error(statement));
    mysql_stmt_close(statement);

    if (mysql_query(connection, "COMMIT"))
        return fail(mysql_error(connection));
    mysql_close(connection);
    return 0;
}
