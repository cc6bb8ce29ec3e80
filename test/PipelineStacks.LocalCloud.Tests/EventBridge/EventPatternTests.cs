using System.Text.Json;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.EventBridge.Patterns;

namespace PipelineStacks.LocalCloud.Tests.EventBridge;

/// <summary>The table of comparison operators and the examples of the user guide on event patterns, and what follows from them.</summary>
public sealed class EventPatternTests
{
    private const string Instance = """
        {"version":"0","id":"6a7e8feb","detail-type":"EC2 Instance State-change Notification","source":"aws.ec2","account":"111122223333",
         "time":"2017-12-22T18:43:48Z","region":"us-west-1","resources":["arn:aws:ec2:us-west-1:123456789012:instance/i-1234567890abcdef0"],
         "detail":{"instance-id":"i-1234567890abcdef0","state":"terminated"}}
        """;

    private const string Scaling = """
        {"source":"aws.autoscaling","resources":["arn:aws:autoscaling:us-east-1:1:autoScalingGroup:eb56d16b:autoScalingGroupName/ASGTerminate",
         "arn:aws:ec2:us-east-1:123456789012:instance/i-b188560f"],
         "detail":{"eventVersion":"","responseElements":null,"c-count":5,"d-count":7,"x-limit":301.8,"on":true,
                   "source-ip":"10.0.0.17","six":"2001:db8::1","file":"dir/a/images/cat.PNG","name":"MixedCase","empty":[],
                   "list":[{"k":"a","v":1},{"k":"b","v":2}],"deep":[[1,2],[3]],"stars":"a*b\\c"}}
        """;

    [Theory]
    [InlineData("""{"source":["aws.ec2"],"detail-type":["EC2 Instance State-change Notification"],"detail":{"state":["terminated"]}}""", true)]
    [InlineData("""{"source":["aws.ec2"],"detail":{"state":["running","stopped"]}}""", false)]
    [InlineData("""{"resources":["arn:aws:ec2:us-west-1:123456789012:instance/i-1234567890abcdef0","x"]}""", true)]
    [InlineData("""{"source":[{"prefix":""}]}""", true)]
    [InlineData("""{"account":["111122223333"],"time":[{"prefix":"2017-12-22"}],"region":[{"prefix":"us-"}]}""", true)]
    [InlineData("""{"account":[111122223333]}""", false)]
    [InlineData("""{"nope":["x"]}""", false)]
    [InlineData("""{"detail":["terminated"]}""", false)]
    [InlineData("""{"source":{"deeper":["x"]}}""", false)]
    [InlineData("""{"Source":["aws.ec2"]}""", false)]
    public void Pattern_OnTheInstanceEvent_Matches(string pattern, bool matches) => Matches(pattern, Instance).ShouldBe(matches);

    [Theory]
    [InlineData("""{"eventVersion":[""],"responseElements":[null]}""", true)]
    [InlineData("""{"responseElements":[""]}""", false)]
    [InlineData("""{"on":[true]}""", true)]
    [InlineData("""{"on":["true"]}""", false)]
    [InlineData("""{"c-count":[5]}""", true)]
    [InlineData("""{"c-count":[5.0]}""", false)]
    [InlineData("""{"c-count":["5"]}""", false)]
    [InlineData("""{"name":[{"prefix":"Mix"}]}""", true)]
    [InlineData("""{"name":[{"prefix":"mix"}]}""", false)]
    [InlineData("""{"name":[{"prefix":{"equals-ignore-case":"MIX"}}]}""", true)]
    [InlineData("""{"file":[{"suffix":".PNG"}]}""", true)]
    [InlineData("""{"file":[{"suffix":".png"}]}""", false)]
    [InlineData("""{"file":[{"suffix":{"equals-ignore-case":".png"}}]}""", true)]
    [InlineData("""{"name":[{"equals-ignore-case":"mixedcase"}]}""", true)]
    [InlineData("""{"name":[{"equals-ignore-case":"mixed"}]}""", false)]
    [InlineData("""{"name":[{"anything-but":"Other"}]}""", true)]
    [InlineData("""{"name":[{"anything-but":["Other","MixedCase"]}]}""", false)]
    [InlineData("""{"x-limit":[{"anything-but":[100,200,300]}]}""", true)]
    [InlineData("""{"c-count":[{"anything-but":5.0}]}""", false)]
    [InlineData("""{"missing":[{"anything-but":"x"}]}""", false)]
    [InlineData("""{"name":[{"anything-but":{"prefix":"Mix"}}]}""", false)]
    [InlineData("""{"name":[{"anything-but":{"prefix":["in","x"]}}]}""", true)]
    [InlineData("""{"file":[{"anything-but":{"suffix":".txt"}}]}""", true)]
    [InlineData("""{"file":[{"anything-but":{"suffix":[".txt",".PNG"]}}]}""", false)]
    [InlineData("""{"name":[{"anything-but":{"equals-ignore-case":["MIXEDCASE","x"]}}]}""", false)]
    [InlineData("""{"file":[{"anything-but":{"wildcard":"*/images/*"}}]}""", false)]
    [InlineData("""{"c-count":[{"numeric":[">",0,"<=",5]}],"d-count":[{"numeric":["<",10]}],"x-limit":[{"numeric":["=",3.018e2]}]}""", true)]
    [InlineData("""{"c-count":[{"numeric":[">",5]}]}""", false)]
    [InlineData("""{"c-count":[{"numeric":[">=",5,"<",5.1]}]}""", true)]
    [InlineData("""{"name":[{"numeric":[">",0]}]}""", false)]
    [InlineData("""{"source-ip":[{"cidr":"10.0.0.0/24"}]}""", true)]
    [InlineData("""{"source-ip":[{"cidr":"10.0.1.0/24"}]}""", false)]
    [InlineData("""{"source-ip":[{"cidr":"10.0.0.9/24"}]}""", true)]
    [InlineData("""{"six":[{"cidr":"2001:db8::/32"}]}""", true)]
    [InlineData("""{"name":[{"cidr":"10.0.0.0/24"}]}""", false)]
    [InlineData("""{"name":[{"exists":true}],"missing":[{"exists":false}]}""", true)]
    [InlineData("""{"name":[{"exists":false}]}""", false)]
    [InlineData("""{"responseElements":[{"exists":true}]}""", true)]
    [InlineData("""{"empty":[{"exists":true}]}""", false)]
    [InlineData("""{"empty":[{"exists":false}]}""", true)]
    [InlineData("""{"missing":{"below":[{"exists":false}]}}""", true)]
    [InlineData("""{"missing":["x",{"exists":false}]}""", true)]
    [InlineData("""{"file":[{"wildcard":"dir/*/images/*.PNG"}]}""", true)]
    [InlineData("""{"file":[{"wildcard":"dir/*"}]}""", true)]
    [InlineData("""{"file":[{"wildcard":"*cat"}]}""", false)]
    [InlineData("""{"stars":[{"wildcard":"a\\*b\\\\*"}]}""", true)]
    [InlineData("""{"name":[{"wildcard":"Mixed"}]}""", false)]
    [InlineData("""{"$or":[{"c-count":[{"numeric":[">",9]}]},{"d-count":[7]}]}""", true)]
    [InlineData("""{"name":["MixedCase"],"$or":[{"c-count":[6]},{"d-count":[8]}]}""", false)]
    [InlineData("""{"$or":[{"name":["x"]},{"$or":[{"on":[false]},{"on":[true]}]}]}""", true)]
    [InlineData("""{"list":{"k":["b"],"v":[2]}}""", true)]
    [InlineData("""{"list":{"k":["a"],"v":[2]}}""", false)]
    [InlineData("""{"list":{"w":[{"exists":false}]}}""", true)]
    [InlineData("""{"list":{"k":["a"],"v":[{"exists":false}]}}""", false)]
    [InlineData("""{"deep":[3]}""", true)]
    public void Pattern_OnADetail_Matches(string pattern, bool matches) => Matches($$"""{"detail":{{pattern}}}""", Scaling).ShouldBe(matches);

    [Theory]
    [InlineData("[]", "Filter is not an object", 2)]
    [InlineData("{}", "Empty objects are not allowed", 3)]
    [InlineData("""{"a":"b"}""", "\"a\" must be an object or an array", 9)]
    [InlineData("""{"a":[]}""", "Empty arrays are not allowed", 8)]
    [InlineData("""{"a":{}}""", "Empty objects are not allowed", 8)]
    [InlineData("""{"a":[["b"]]}""", "Match value must be String, number, true, false, or null", 8)]
    [InlineData("""{"a":["b"],"a":["c"]}""", "Path `a` cannot be allowed multiple times", 17)]
    [InlineData("""{"a":[{"like":"b"}]}""", "Unrecognized match type like", 18)]
    [InlineData("""{"a":[{"prefix":1}]}""", "prefix match pattern must be a string", 18)]
    [InlineData("""{"a":[{"prefix":"b","suffix":"c"}]}""", "Only one key allowed in match expression", 30)]
    [InlineData("""{"a":[{"suffix":[]}]}""", "suffix match pattern must be a string", 18)]
    [InlineData("""{"a":[{"equals-ignore-case":["b"]}]}""", "equals-ignore-case match pattern must be a string", 30)]
    [InlineData("""{"a":[{"numeric":5}]}""", "Value of numeric must be an array.", 19)]
    [InlineData("""{"a":[{"numeric":["~",5]}]}""", "Unrecognized numeric range operator: ~", 22)]
    [InlineData("""{"a":[{"numeric":["<","5"]}]}""", "Value of < must be numeric", 26)]
    [InlineData("""{"a":[{"numeric":[">",5,"<",5]}]}""", "Bottom must be less than top", 31)]
    [InlineData("""{"a":[{"numeric":["<",5,">",1]}]}""", "Too many elements in numeric expression", 28)]
    [InlineData("""{"a":[{"exists":1}]}""", "exists match pattern must be either true or false.", 18)]
    [InlineData("""{"a":[{"cidr":"10.0.0.0"}]}""", "Malformed CIDR, one '/' required: 10.0.0.0", 25)]
    [InlineData("""{"a":[{"anything-but":["x",1]}]}""", "Inside anything but list, either all values are number or string, mixed type is not supported", 30)]
    [InlineData("""{"a":[{"anything-but":{"numeric":["=",1]}}]}""", "Unsupported anything-but pattern: numeric", 34)]
    [InlineData("""{"a":[{"anything-but":{"prefix":""}}]}""", "Null prefix not allowed", 35)]
    [InlineData("""{"a":[{"wildcard":"b**"}]}""", "Consecutive wildcard characters at pos 2", 24)]
    [InlineData("""{"$or":[{"a":["b"]}]}""", "There must have at least 2 Objects in $or relationship.", 21)]
    public void Pattern_Malformed_IsRefusedWithThePlace(string pattern, string reason, int column)
    {
        var error = Should.Throw<ServiceException>(() => EventPattern.Parse(pattern));
        error.Code.ShouldBe("InvalidEventPatternException");
        error.Message.ShouldBe($"Event pattern is not valid. Reason: {reason}\n at [Source: (String)\"{pattern}\"; line: 1, column: {column}]");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"a":["b"]} x""")]
    [InlineData("""{"a":["b",]}""")]
    public void Pattern_ThatIsNoJson_IsRefused(string pattern) =>
        Should.Throw<ServiceException>(() => EventPattern.Parse(pattern)).Code.ShouldBe("InvalidEventPatternException");

    private static bool Matches(string pattern, string envelope) =>
        EventPattern.Parse(pattern).Matches(JsonSerializer.Deserialize<JsonElement>(envelope));
}
