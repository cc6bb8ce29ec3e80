namespace PipelineStacks.Cli.Templates.Modules;

/// <summary><c>name.*</c> and <c>phone.*</c></summary>
internal static class PeopleModule
{
    public static readonly Method[] All =
    [
        Method.Text("name.firstName", faker => faker.Name.FirstName()),
        Method.Text("name.lastName", faker => faker.Name.LastName()),
        Method.Text("name.findName", faker => faker.Name.FindName()),
        Method.Text("name.prefix", faker => faker.Name.Prefix()),
        Method.Text("name.suffix", faker => faker.Name.Suffix()),
        Method.Text("name.title", faker => $"{faker.Name.JobDescriptor()} {faker.Name.JobArea()} {faker.Name.JobType()}"),
        Method.Text("name.jobTitle", faker => faker.Name.JobTitle()),
        Method.Text("name.jobDescriptor", faker => faker.Name.JobDescriptor()),
        Method.Text("name.jobArea", faker => faker.Name.JobArea()),
        Method.Text("name.jobType", faker => faker.Name.JobType()),
        Method.Of("phone.phoneNumber", argument =>
        {
            var format = argument.Text;
            return (output, draws) => output.Append(draws.Faker.Phone.PhoneNumber(format));
        }),
        Method.Text("phone.phoneNumberFormat", 0, (faker, format) => faker.Phone.PhoneNumberFormat(format)),
        Method.Text("phone.phoneFormats", faker => faker.Phone.PhoneNumberFormat()),
    ];
}
