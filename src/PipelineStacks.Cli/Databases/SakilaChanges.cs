using System.Globalization;
using System.Text;
using PipelineStacks.Cli.Templates;

namespace PipelineStacks.Cli.Databases;

/// <summary>
/// Changes to a Sakila as its shops make them: films are rented and paid for, some of that is taken back, and prices, copies and customers change. They
/// fit any Sakila, the official, a generated or one that was changed before, and leave other rows' references alone.
/// </summary>
internal sealed class SakilaChanges(ulong seed)
{
    // Nobody has paid for rentals that came later: a payment's reference that MySQL clears by itself is not in its log.
    private const int LastOfSample = 16049;

    private readonly Xoshiro _random = new(seed);

    /// <summary>A script with so many changes, each a transaction of its own.</summary>
    public string Next(int count)
    {
        var script = new StringBuilder("USE sakila;\n");
        for (var i = 0; i < count; i++)
            script.Append(Next()).Append(";\n");
        return script.ToString();
    }

    private string Next() => _random.NextBelow(100) switch
    {
        // A trigger dates rentals to the second: the same copy and customer may not come twice within one.
        < 36 => $"INSERT IGNORE INTO rental (rental_date, inventory_id, customer_id, staff_id) VALUES (now(), {Any("inventory")}, {Any("customer")}, {Any("staff")})",
        < 40 => $"INSERT INTO payment (customer_id, staff_id, amount, payment_date) VALUES ({Any("customer")}, {Any("staff")}, {_random.NextBelow(12)}.99, now())",
        < 50 => $"UPDATE customer SET active = 1 - active WHERE customer_id = {Any("customer")}",
        < 60 => $"UPDATE inventory SET store_id = 3 - store_id WHERE inventory_id = {Any("inventory")}",
        < 70 => $"UPDATE film SET rental_duration = 10 - rental_duration WHERE film_id = {Any("film")} AND rental_duration <> 5",
        < 80 => "UPDATE rental SET return_date = now() WHERE return_date IS NULL ORDER BY rental_id LIMIT 1",
        < 96 => $"DELETE FROM rental WHERE rental_id > {LastOfSample} AND return_date IS NULL ORDER BY rental_id DESC LIMIT 1",
        _ => "DELETE FROM payment WHERE rental_id IS NULL ORDER BY payment_id DESC LIMIT 1",
    };

    private string Any(string table) => (1 + _random.NextBelow(SampleDatabase.Rows[table])).ToString(CultureInfo.InvariantCulture);
}
