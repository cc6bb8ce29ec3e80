namespace PipelineStacks.IotSql.Tests;

/// <summary>Whole statements of AWS IoT's developer guide: the page, the SQL, the payload on <c>topic/subtopic</c>, the payload that goes on to the actions.</summary>
public static class StatementCases
{
    private const string Red = """{"color":"red","temperature":50}""";
    private const string Sensors = """{"e":[{"n":"temperature","u":"Cel","t":1234,"v":22.5},{"n":"light","u":"lm","t":1235,"v":135},{"n":"acidity","u":"pH","t":1235,"v":7}]}""";
    private const string Values = """{"attributes":{"data1":1,"data2":2},"values":[{"a":3},{"b":4},{"c":5}]}""";
    private const string Nested = """{"data1":"example","data2":{"a":"first attribute","b":"second attribute","c":[{"x":{"someInt":5,"someString":"hello"},"y":true},{"x":{"someInt":10,"someString":"world"},"y":false}]}}""";
    private const string Device = """{"device1":{"deviceId":"weather_sensor","deviceData":{"sensors":{"temp_fahrenheit":75,"humidity":60},"location":[47.606,-122.332]}}}""";

    public static TheoryData<string, string, string, string> All => new()
    {
        { "iot-sql-select", "SELECT * FROM 'topic/subtopic'", Red, Red },
        { "iot-sql-select", "SELECT color FROM 'topic/subtopic'", Red, """{"color":"red"}""" },
        { "iot-sql-select", "SELECT color AS my_color FROM 'topic/subtopic'", Red, """{"my_color":"red"}""" },
        { "iot-sql-select", "SELECT color as my_color, temperature as fahrenheit FROM 'topic/subtopic'", Red, """{"my_color":"red","fahrenheit":50}""" },
        { "iot-sql-select", "SELECT *, 15 as speed FROM 'topic/subtopic'", Red, """{"color":"red","temperature":50,"speed":15}""" },
        { "iot-sql-select", "SELECT VALUE color FROM 'topic/subtopic'", Red, "\"red\"" },
        { "iot-sql-select", "SELECT VALUE [color, temperature] FROM 'topic/subtopic'", Red, """["red",50]""" },
        { "iot-sql-select", "SELECT color.red as red_value FROM 'topic/subtopic'", """{"color":{"red":255,"green":0,"blue":0},"temperature":50}""", """{"red_value":255}""" },
        { "iot-sql-select", "SELECT (temperature - 32) * 5 / 9 AS celsius, upper(color) as my_color FROM 'topic/subtopic'", Red, """{"celsius":10,"my_color":"RED"}""" },
        { "iot-sql-data-types", "SELECT NULL AS n FROM 'topic/subtopic'", Red, """{"n":null}""" },
        { "iot-sql-data-types", "SELECT foo, bar FROM 'topic/subtopic'", """{"foo":null}""", """{"foo":null}""" },
        { "iot-sql-data-types", "SELECT VALUE bar FROM 'topic/subtopic'", """{"foo":null}""", "" },
        { "iot-sql-where", "SELECT color AS my_color FROM 'topic/subtopic' WHERE temperature > 50 AND color <> 'red'", """{"color":"red","temperature":40}""", "(no action)" },
        { "iot-sql-where", "SELECT color AS my_color FROM 'topic/subtopic' WHERE my_color = 'red'", Red, "(no action)" },
        { "iot-sql-where", "SELECT decode(encode(*, 'base64'), 'base64') AS value FROM 'topic/subtopic' WHERE decode(encode(*, 'base64'), 'base64') > 50", "80", """{"value":80}""" },
        { "iot-sql-where", "SELECT color FROM 'topic/subtopic' WHERE missing", Red, "(no action)" },
        { "iot-sql-literals", "SELECT {'latitude': get(lat_long, 0),'longitude':get(lat_long, 1)} as lat_long FROM 'topic/subtopic'", """{"lat_long":[47.606,-122.332]}""", """{"lat_long":{"latitude":47.606,"longitude":-122.332}}""" },
        { "iot-sql-literals", "SELECT [lat,long] as lat_long FROM 'topic/subtopic'", """{"lat":47.696,"long":-122.332}""", """{"lat_long":[47.696,-122.332]}""" },
        { "iot-sql-json", "SELECT foo.bar AS bar.baz FROM 'topic/subtopic'", """{"foo":{"bar":"RED","bar1":"GREEN","bar2":"BLUE"}}""", """{"bar":{"baz":"RED"}}""" },
        { "iot-sql-json", "SELECT * from 'iot/rules' WHERE get(get(get(mydata,\"item2\"),\"0\"),\"my-key\") = \"myValue\"", """{"mydata":{"item2":{"0":{"my-key":"myValue"}}}}""", """{"mydata":{"item2":{"0":{"my-key":"myValue"}}}}""" },
        { "iot-sql-json", "SELECT temp, md5(deviceid) AS hashed_id FROM 'topic/#'", """{"deviceid":"iot123","temp":54.98,"humidity":32.43,"coords":{"latitude":47.615694,"longitude":-122.3359976}}""", """{"temp":54.98,"hashed_id":"e37f81fb397e595c4aeb5645b8cbbbd1"}""" },
        { "iot-sql-json", "SELECT * FROM 'topic/subtopic'", "not JSON", "not JSON" },
        { "iot-sql-nested-queries", "SELECT (SELECT VALUE n FROM e) as sensors FROM 'my/topic'", Sensors, """{"sensors":["temperature","light","acidity"]}""" },
        { "iot-sql-nested-queries", "SELECT (SELECT v FROM e WHERE n = 'temperature') as temperature FROM 'my/topic'", Sensors, """{"temperature":[{"v":22.5}]}""" },
        { "iot-sql-nested-queries", "SELECT get((SELECT v FROM e WHERE n = 'temperature'), 0).v as temperature FROM 'topic'", Sensors, """{"temperature":22.5}""" },
        { "iot-sql-nested-queries", "SELECT VALUE (SELECT n, v FROM e WHERE v > 100) FROM 'topic'", Sensors, """[{"n":"light","v":135}]""" },
        { "iot-sql-operators (IN)", "SELECT arr FROM 'a/b' WHERE 3 IN arr", """{"arr":[1,2,3,"three",5.7,null]}""", """{"arr":[1,2,3,"three",5.7,null]}""" },
        { "iot-sql-operators (EXISTS)", "SELECT * FROM 'a/b' WHERE EXISTS (SELECT * FROM arr AS a WHERE a = 3)", """{"arr":[1,2,3]}""", """{"arr":[1,2,3]}""" },
        { "iot-sql-functions (transform)", "select value transform(\"enrichArray\", attributes, values) from 'A/B'", Values, """[{"a":3,"data1":1,"data2":2},{"b":4,"data1":1,"data2":2},{"c":5,"data1":1,"data2":2}]""" },
        { "iot-sql-functions (transform)", "select value transform(\"enrichArray\", {\"key\": attributes.data1}, values) from 'A/B'", Values, """[{"a":3,"key":1},{"b":4,"key":1},{"c":5,"key":1}]""" },
        { "iot-sql-functions (transform)", "select value transform('enrichArray', (select a, b from data2), (select value c from data2)) from 'A/B'", Nested, """[{"x":{"someInt":5,"someString":"hello"},"y":true,"a":"first attribute","b":"second attribute"},{"x":{"someInt":10,"someString":"world"},"y":false,"a":"first attribute","b":"second attribute"}]""" },
        { "iot-sql-functions (decode)", "SELECT decode(encoded_temp,\"base64\").temperature AS temp from 'topic/subtopic'", """{"encoded_temp":"eyAidGVtcGVyYXR1cmUiOiAzMyB9Cg=="}""", """{"temp":33}""" },
        { "iot-sql-set", "SET @device_sensor_data = device1.deviceData.sensors SELECT @device_sensor_data.temp_fahrenheit AS temp_fahrenheit, @device_sensor_data.humidity as humidity, device1.deviceId as deviceId FROM 'device/data'", Device, """{"temp_fahrenheit":75,"humidity":60,"deviceId":"weather_sensor"}""" },
        { "iot-sql-set", "SET @encoded_payload = encode(*, 'base64') SELECT @encoded_payload AS raw_data FROM 'device/binary'", "hello", """{"raw_data":"aGVsbG8="}""" },
        { "iot-sql-set", "SET @f = temp_fahrenheit, @threshold = 50 SELECT @f AS f FROM 'sensors/+' WHERE @f > @threshold", """{"temp_fahrenheit":75}""", """{"f":75}""" },
        { "binary-payloads", "SELECT * FROM 'topic/subtopic' WHERE timestamp() % 12 = 3", "\u0001binary", "\u0001binary" },
        { "binary-payloads", "SELECT *, timestamp() as time FROM 'topic/subtopic'", "", """{"time":1481825251155}""" },
        { "binary-payloads", "SELECT encode(*, 'base64') AS data, timestamp() AS ts FROM 'topic/subtopic'", "hello", """{"data":"aGVsbG8=","ts":1481825251155}""" },
        { "binary-payloads", "SELECT * FROM 'topic/subtopic' WHERE device_type = 'thermostat'", "hello", "(no action)" },
        { "binary-payloads", "SELECT decode(encode(*, 'base64'), 'base64') AS payload FROM 'topic'", "a string", """{"payload":"a string"}""" },
        { "binary-payloads", "SELECT *, 1 AS one FROM 'topic'", "a string", "'*' beside other items needs a payload that is a JSON object" },
        { "topics", "SELECT topic(2) AS sub FROM 'topic/+'", "{}", """{"sub":"subtopic"}""" },
    };
}
