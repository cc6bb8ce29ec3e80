using System.Globalization;
using System.Text.Json;

namespace PipelineStacks.Cli.Templates.Modules;

/// <summary><c>finance.*</c>, <c>commerce.*</c> and <c>company.*</c></summary>
internal static class BusinessModule
{
    private const int AccountDigits = 8;
    private const int MaskDigits = 4;

    public static readonly Method[] All =
    [
        Method.Text("finance.account", AccountDigits, (faker, length) => faker.Finance.Account(length)),
        Method.Text("finance.accountName", faker => faker.Finance.AccountName()),
        Method.Text("finance.mask", MaskDigits, (faker, length) => $"(...{faker.Finance.Account(length)})"),
        Method.Of("finance.amount", Amount(1000)),
        Method.Text("finance.transactionType", faker => faker.Finance.TransactionType()),
        Method.Text("finance.currencyCode", faker => faker.Finance.Currency().Code),
        Method.Text("finance.currencyName", faker => faker.Finance.Currency().Description),
        Method.Text("finance.currencySymbol", faker => faker.Finance.Currency() is var currency && currency.Symbol.Length > 0 ? currency.Symbol : currency.Code),
        Method.Text("finance.bitcoinAddress", faker => faker.Finance.BitcoinAddress()),
        Method.Text("finance.iban", faker => faker.Finance.Iban()),
        Method.Text("finance.bic", faker => faker.Finance.Bic()),
        Method.Text("commerce.color", faker => faker.Commerce.Color()),
        Method.Text("commerce.department", faker => faker.Commerce.Department(1)),
        Method.Text("commerce.product", faker => faker.Commerce.Product()),
        Method.Text("commerce.productName", faker => faker.Commerce.ProductName()),
        Method.Text("commerce.productAdjective", faker => faker.Commerce.ProductAdjective()),
        Method.Text("commerce.productMaterial", faker => faker.Commerce.ProductMaterial()),
        Method.Of("commerce.price", Amount(1000)),
        Method.Text("company.companyName", 3, (faker, format) => format < 3 ? faker.Company.CompanyName(format) : faker.Company.CompanyName()),
        Method.Text("company.companySuffix", faker => faker.Company.CompanySuffix()),
        Method.Text("company.suffixes", faker => faker.Company.CompanySuffix()),
        Method.Text("company.catchPhrase", faker => faker.Company.CatchPhrase()),
        Method.Text("company.bs", faker => faker.Company.Bs()),
    ];

    // One argument at most reaches a method: a number is the minimum, as in faker, and an object names them all.
    private static Func<Argument, ValueWriter> Amount(decimal standardMax) => argument =>
    {
        var min = argument.IsNone ? 0
            : argument.Json is { } json && (json.ValueKind == JsonValueKind.Object ? argument.Number("min", 0) : Argument.AsNumber(json)) is { } given ? given
            : throw new ArgumentFault($$"""takes a minimum or {"min":1,"max":10,"dec":2}, not {{argument}}""");
        var max = argument.Number("max", Math.Max(standardMax, min));
        var decimals = (int)argument.Number("dec", 2);
        if (min > max || decimals is < 0 or > 10)
            throw new ArgumentFault("needs min up to max, and dec from 0 to 10");
        var format = "F" + decimals.ToString(CultureInfo.InvariantCulture);
        return (output, draws) => output.Append((min + ((max - min) * (decimal)draws.Random.NextDouble())).ToString(format, CultureInfo.InvariantCulture));
    };
}
