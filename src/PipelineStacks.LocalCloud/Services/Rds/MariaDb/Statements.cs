namespace PipelineStacks.LocalCloud.Services.Rds.MariaDb;

/// <summary>The SQL that makes a fresh server what RDS hands out. None of it goes to the binary log.</summary>
internal static class Statements
{
    // What RDS grants its master user, in MariaDB's words; SUPER and FILE are not among them.
    private const string MasterPrivileges =
        "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, PROCESS, REFERENCES, INDEX, ALTER, SHOW DATABASES, CREATE TEMPORARY TABLES, LOCK TABLES, "
        + "EXECUTE, REPLICATION SLAVE, REPLICATION CLIENT, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, CREATE USER, EVENT, TRIGGER";

    public static string Prepare(string masterUser, string password, string? database) => $"""
        SET SESSION sql_log_bin = 0;
        DELETE FROM mysql.global_priv WHERE User = '';
        FLUSH PRIVILEGES;
        CREATE OR REPLACE USER {Text(masterUser)}@'%' IDENTIFIED BY {Text(password)};
        GRANT {MasterPrivileges} ON *.* TO {Text(masterUser)}@'%' WITH GRANT OPTION;
        {(database is null ? "" : $"CREATE DATABASE IF NOT EXISTS {Name(database)};")}
        {Configuration}
        """;

    /// <summary>For a server that isn't ours, in words that MySQL knows as well; nothing of it is taken away.</summary>
    public static string PrepareExisting(string masterUser, string password, string? database) => $"""
        CREATE USER IF NOT EXISTS {Text(masterUser)}@'%' IDENTIFIED BY {Text(password)};
        ALTER USER {Text(masterUser)}@'%' IDENTIFIED BY {Text(password)};
        GRANT {MasterPrivileges} ON *.* TO {Text(masterUser)}@'%' WITH GRANT OPTION;
        {(database is null ? "" : $"CREATE DATABASE IF NOT EXISTS {Name(database)};")}
        """;

    /// <param name="logged">Whether it goes to the binary log, which takes a privilege to leave out.</param>
    public static string SetPassword(string masterUser, string password, bool logged) =>
        $"{(logged ? "" : "SET SESSION sql_log_bin = 0;\n")}ALTER USER {Text(masterUser)}@'%' IDENTIFIED BY {Text(password)};";

    /// <summary>Numbers go as they are: many variables take no texts.</summary>
    public static string SetGlobal(string name, string value) =>
        $"SET GLOBAL {name} = {(decimal.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out _) ? value : Text(value))};";

    // The procedures by which RDS is told what no parameter sets.
    private const string Configuration = """
        CREATE TABLE IF NOT EXISTS mysql.rds_configuration (
          name varchar(100) NOT NULL PRIMARY KEY, value varchar(100), description varchar(300) NOT NULL) ENGINE=InnoDB;
        INSERT IGNORE INTO mysql.rds_configuration VALUES
          ('binlog retention hours', NULL, 'binlog retention hours specifies the duration in hours before binary logs are automatically deleted.'),
          ('source delay', '0', 'source delay specifies replication delay in seconds between current instance and its master.'),
          ('target delay', '0', 'target delay specifies replication delay in seconds between current instance and its future read-replica.');
        DELIMITER //
        CREATE OR REPLACE PROCEDURE mysql.rds_set_configuration(IN p_name varchar(30), IN p_value int) SQL SECURITY DEFINER
        BEGIN
          IF NOT EXISTS (SELECT 1 FROM mysql.rds_configuration WHERE name = p_name) THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'Invalid configuration parameter name';
          ELSEIF p_name = 'binlog retention hours' AND p_value IS NOT NULL AND p_value NOT BETWEEN 1 AND 168 THEN
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'For binlog retention hours the value must be between 1 and 168 or be NULL';
          END IF;
          SET @rds_sql_log_bin = @@sql_log_bin;
          SET SESSION sql_log_bin = 0;
          UPDATE mysql.rds_configuration SET value = p_value WHERE name = p_name;
          SET SESSION sql_log_bin = @rds_sql_log_bin;
        END//
        CREATE OR REPLACE PROCEDURE mysql.rds_show_configuration() SQL SECURITY DEFINER
        BEGIN
          SELECT name, value, description FROM mysql.rds_configuration;
        END//
        DELIMITER ;
        """;

    private static string Text(string value) =>
        $"'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Name(string value) => $"`{value.Replace("`", "``", StringComparison.Ordinal)}`";
}
