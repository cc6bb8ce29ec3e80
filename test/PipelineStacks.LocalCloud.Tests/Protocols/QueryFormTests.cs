using System.Text;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Tests.Protocols;

public sealed class QueryFormTests
{
    [Theory]
    [InlineData("StackName=s&Action=A&Version=1", """{"StackName":"s"}""")]
    [InlineData("A.B.C=1", """{"A":{"B":{"C":"1"}}}""")]
    [InlineData("Tags.member.1.Key=a&Tags.member.1.Value=b", """{"Tags":[{"Key":"a","Value":"b"}]}""")]
    [InlineData("L.member.10=j&L.member.2=b&L.member.1=a", """{"L":["a","b","j"]}""")]
    [InlineData("L.member.1=a&L.member.7=b", """{"L":["a","b"]}""")]
    [InlineData("L.1=a&L.2=b", """{"L":["a","b"]}""")]
    [InlineData("Filters.Filter.1.Name=n&Filters.Filter.1.Values.Value.1=v", """{"Filters":[{"Name":"n","Values":["v"]}]}""")]
    [InlineData("L.member=", """{"L":[]}""")]
    [InlineData("L=", """{"L":""}""")]
    [InlineData("M.entry.1.key=k&M.entry.1.value=v", """{"M":{"k":"v"}}""")]
    [InlineData("D.member.1.Dimensions.member.1.Name=x", """{"D":[{"Dimensions":[{"Name":"x"}]}]}""")]
    [InlineData("", "{}")]
    public void Form_OfEveryShape_BecomesTheJsonThatItMeans(string form, string json) => ToJson(form).ShouldBe(json);

    [Theory]
    [InlineData("A=1&A.B=2", "A.B is there once with and once without members")]
    [InlineData("A.B=2&A=1", "A is there twice, or once with and once without members")]
    [InlineData("L.member.one=1", "one is not the number of a list's member")]
    [InlineData("M.entry.1.value=v", "an entry of a map needs a key and a value")]
    public void Form_ThatContradictsItself_IsRefused(string form, string why) =>
        Should.Throw<ServiceException>(() => ToJson(form)).Message.ShouldBe($"The request's form is malformed: {why}.");

    private static string ToJson(string form) => Encoding.UTF8.GetString(QueryForm.ToJson(
        form.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(field => KeyValuePair.Create(field.Split('=')[0], field.Split('=')[1]))));
}
