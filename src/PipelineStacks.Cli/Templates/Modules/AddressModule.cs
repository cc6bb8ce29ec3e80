using System.Text;

namespace PipelineStacks.Cli.Templates.Modules;

/// <summary><c>address.*</c></summary>
internal static class AddressModule
{
    private static readonly string[] States =
    [
        "Alabama", "Alaska", "Arizona", "Arkansas", "California", "Colorado", "Connecticut", "Delaware", "Florida", "Georgia",
        "Hawaii", "Idaho", "Illinois", "Indiana", "Iowa", "Kansas", "Kentucky", "Louisiana", "Maine", "Maryland",
        "Massachusetts", "Michigan", "Minnesota", "Mississippi", "Missouri", "Montana", "Nebraska", "Nevada", "New Hampshire", "New Jersey",
        "New Mexico", "New York", "North Carolina", "North Dakota", "Ohio", "Oklahoma", "Oregon", "Pennsylvania", "Rhode Island", "South Carolina",
        "South Dakota", "Tennessee", "Texas", "Utah", "Vermont", "Virginia", "Washington", "West Virginia", "Wisconsin", "Wyoming",
    ];

    public static readonly Method[] All =
    [
        new("address.state", _ => RandomModule.Choose([.. States.Select(Encoding.UTF8.GetBytes)])),
        Method.Text("address.stateAbbr", faker => faker.Address.StateAbbr()),
        Method.Of("address.zipCode", argument =>
        {
            var format = argument.Text;
            return (output, draws) => output.Append(draws.Faker.Address.ZipCode(format));
        }),
        Method.Text("address.city", faker => faker.Address.City()),
        Method.Text("address.cityPrefix", faker => faker.Address.CityPrefix()),
        Method.Text("address.citySuffix", faker => faker.Address.CitySuffix()),
        Method.Text("address.streetName", faker => faker.Address.StreetName()),
        Method.Text("address.streetAddress", faker => faker.Address.StreetAddress()),
        Method.Text("address.streetSuffix", faker => faker.Address.StreetSuffix()),
        Method.Text("address.secondaryAddress", faker => faker.Address.SecondaryAddress()),
        Method.Text("address.county", faker => faker.Address.County()),
        Method.Text("address.country", faker => faker.Address.Country()),
        Method.Text("address.countryCode", faker => faker.Address.CountryCode()),
        Method.Of("address.latitude", _ => (output, draws) => Degrees(output, draws, 90)),
        Method.Of("address.longitude", _ => (output, draws) => Degrees(output, draws, 180)),
    ];

    // Four decimals, as faker 3.1 gives them.
    private static void Degrees(RecordBuffer output, Draws draws, int bound)
    {
        var tenThousandths = draws.Random.NextBelow(bound * 20_000L) - (bound * 10_000L);
        if (tenThousandths < 0)
            output.Append((byte)'-');
        output.Append(Math.Abs(tenThousandths) / 10_000);
        output.Append((byte)'.');
        output.Append(Math.Abs(tenThousandths) % 10_000, 4);
    }
}
