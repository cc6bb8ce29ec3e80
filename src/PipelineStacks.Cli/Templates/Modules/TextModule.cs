namespace PipelineStacks.Cli.Templates.Modules;

/// <summary><c>lorem.*</c>, <c>hacker.*</c> and <c>helpers.*</c></summary>
internal static class TextModule
{
    public static readonly Method[] All =
    [
        Method.Text("lorem.word", faker => faker.Lorem.Word()),
        Method.Text("lorem.words", 3, (faker, count) => string.Join(' ', faker.Lorem.Words(count))),
        Method.Text("lorem.sentence", 0, (faker, words) => words == 0 ? faker.Lorem.Sentence() : faker.Lorem.Sentence(words)),
        Method.Text("lorem.sentences", 0, (faker, count) => faker.Lorem.Sentences(count == 0 ? null : count, " ")),
        Method.Text("lorem.slug", 3, (faker, words) => faker.Lorem.Slug(words)),
        Method.Text("lorem.paragraph", 3, (faker, sentences) => OneLine(faker.Lorem.Paragraph(sentences))),
        Method.Text("lorem.paragraphs", 3, (faker, count) => OneLine(faker.Lorem.Paragraphs(count, " "))),
        Method.Text("lorem.text", faker => OneLine(faker.Lorem.Text())),
        Method.Text("lorem.lines", 3, (faker, count) => faker.Lorem.Lines(count, " ")),
        Method.Text("hacker.abbreviation", faker => faker.Hacker.Abbreviation()),
        Method.Text("hacker.adjective", faker => faker.Hacker.Adjective()),
        Method.Text("hacker.noun", faker => faker.Hacker.Noun()),
        Method.Text("hacker.verb", faker => faker.Hacker.Verb()),
        Method.Text("hacker.ingverb", faker => faker.Hacker.IngVerb()),
        Method.Text("hacker.phrase", faker => faker.Hacker.Phrase()),
        new("helpers.randomize", argument => RandomModule.Choose(argument.Array("""helpers.randomize(["a","b"])"""))),
        Method.Of("helpers.replaceSymbolWithNumber", argument =>
        {
            var format = argument.Text ?? throw new ArgumentFault("needs a format, such as helpers.replaceSymbolWithNumber(###-####)");
            return (output, draws) => output.Append(draws.Faker.Random.ReplaceNumbers(format));
        }),
        Method.Of("helpers.replaceSymbols", argument =>
        {
            var format = argument.Text ?? throw new ArgumentFault("needs a format, such as helpers.replaceSymbols(##-??)");
            return (output, draws) => output.Append(draws.Faker.Random.Replace(format));
        }),
    ];

    // A record is one line: the newline after it separates it from the next.
    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
