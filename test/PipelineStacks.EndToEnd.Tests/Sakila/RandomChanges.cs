using System.Text;

namespace PipelineStacks.EndToEnd.Tests.Sakila;

/// <summary>
/// Changes at random to five tables of a Sakila: rows come and go, get other values, and where nothing refers to them other keys, in transactions of
/// one to twenty statements, some of which are rolled back. Nothing cascades, since MySQL's log has no cascades.
/// </summary>
internal sealed class RandomChanges(int seed)
{
    /// <summary>The tables, and how many columns their keys have.</summary>
    public static readonly IReadOnlyDictionary<string, int> Tables =
        new Dictionary<string, int> { ["actor"] = 1, ["film_actor"] = 2, ["film_text"] = 1, ["inventory"] = 1, ["payment"] = 1 };

    private readonly Random _random = new(seed);

    public string Next(int count)
    {
        var script = new StringBuilder("USE sakila;\n");
        while (count > 0)
        {
            var statements = Math.Min(count, _random.Next(1, 21));
            var undone = _random.Next(10) == 0;
            script.Append("START TRANSACTION;\n");
            for (var i = 0; i < statements; i++)
                script.Append(Next()).Append(";\n");
            script.Append(undone ? "ROLLBACK;\n" : "COMMIT;\n");
            count -= undone ? 0 : statements;
        }

        return script.ToString();
    }

    private string Next() => _random.Next(14) switch
    {
        0 => $"INSERT INTO actor (actor_id, first_name, last_name) VALUES ({_random.Next(201, 2000)}, '{Text()}', '{Text()}') ON DUPLICATE KEY UPDATE last_name = VALUES(last_name)",
        1 => $"DELETE FROM actor WHERE actor_id BETWEEN {_random.Next(201, 2000)} AND 2000 LIMIT 1",
        2 => $"UPDATE actor SET first_name = '{Text()}' WHERE actor_id = {_random.Next(1, 400)}",
        3 => $"INSERT IGNORE INTO film_actor (actor_id, film_id) VALUES ({_random.Next(1, 201)}, {_random.Next(1, 1001)})",
        4 => $"DELETE FROM film_actor WHERE actor_id = {_random.Next(1, 201)} AND film_id < {_random.Next(1, 1001)} LIMIT 1",
        5 => $"UPDATE IGNORE film_actor SET film_id = {_random.Next(1, 1001)} WHERE actor_id = {_random.Next(1, 201)} LIMIT 1",
        6 => $"REPLACE INTO film_text (film_id, title, description) VALUES ({_random.Next(1, 3000)}, '{Text()}', {(_random.Next(3) == 0 ? "NULL" : $"'{Text()}'")})",
        7 => $"DELETE FROM film_text WHERE film_id >= {_random.Next(1, 3000)} LIMIT 1",
        8 => $"UPDATE IGNORE film_text SET film_id = {_random.Next(1, 3000)} WHERE film_id = {_random.Next(1, 3000)}",
        9 => $"INSERT INTO inventory (film_id, store_id) VALUES ({_random.Next(1, 1001)}, {_random.Next(1, 3)})",
        10 => $"UPDATE inventory SET store_id = 3 - store_id WHERE inventory_id BETWEEN {_random.Next(1, 4582)} AND 4600 LIMIT 3",
        11 => "DELETE FROM inventory WHERE inventory_id > 4581 LIMIT 1",
        12 => $"UPDATE payment SET amount = {_random.Next(12)}.99 WHERE payment_id = {_random.Next(1, 16050)}",
        _ => $"DELETE FROM payment WHERE payment_id >= {_random.Next(1, 16050)} LIMIT 1",
    };

    private string Text() => _random.Next(4) switch
    {
        0 => $"a, \"b\" {_random.Next()}",
        1 => $"Zoë 🎬 {_random.Next(1000)}",
        2 => "",
        _ => $"plain {_random.Next()}",
    };
}
