using System.Text.Json;

namespace LocalOpinions.Report.Tests;

/// <summary>
/// The first screen of four runs, as a first-time reader has it at three widths and in both themes: a real ranking, a model that is nearer
/// to nobody than a random guesser, one that is mostly off the menu, and an oracle, all truly scored.
/// </summary>
public sealed class FirstScreenTests : IDisposable
{
    readonly ResultsFixture _fixture = new();

    public FirstScreenTests() => FirstCases.Write(_fixture.Path);

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_first_time_reader_is_led_to_the_right_answer()
    {
        using var results = new ShownResults(_fixture.Path, "firstScreen");
        var names = results.Rows("SELECT DISTINCT name FROM countries").Select(row => (string)row[0]!).ToList();
        var screens = results.Seen.At("screens").EnumerateArray().ToList();
        Assert.Equal(4 * 3 * 2, screens.Count);
        foreach (var screen in screens)
        {
            var (model, said, where) = (screen.Text("model"), screen.Text("said"), $"{screen.Text("model")} {screen.Text("where")}");
            // The verdict is read whole without scrolling, and nothing is cut off or lies over something else.
            Assert.True(screen.At("verdictShown").GetBoolean(), where);
            Assert.True(screen.Texts("cut").Length == 0, $"{where}: {string.Join(" | ", screen.Texts("cut"))}");
            Assert.True(screen.Texts("over").Length == 0, $"{where}: {string.Join(" | ", screen.Texts("over"))}");
            Assert.True(screen.Texts("empty").Length == 0, $"{where}: {string.Join(" | ", screen.Texts("empty"))}");
            var named = names.Where(name => screen.Text("text").Contains(name, StringComparison.Ordinal)).ToList();
            switch (model)
            {
                case "Model-A-1B":
                    Assert.StartsWith("No single country stands out: Model-A-1B, asked as itself, is nearer by more than chance to ", said);
                    break;
                case "Loud-1B":
                    Assert.StartsWith("No country stands out: Loud-1B, asked as itself, is not shown to be nearer to any of ", said);
                    Assert.True(named.Count == 0, $"{where}: {string.Join(", ", named)}");
                    break;
                case "Silent-1B":
                    Assert.Equal("No country is ranked by what Silent-1B, asked as itself, answers: 72.0 % of its probability is on no "
                        + "option, so that its answers say little.", said);
                    Assert.Contains("Warning: 28.0 %: the other 72.0 % is no answer", screen.Text("head"));
                    Assert.True(named.Count == 0, $"{where}: {string.Join(", ", named)}");
                    break;
                default:
                    Assert.StartsWith("France stands out beyond chance: ", said);
                    Assert.Contains("(no model: answers copied from a country, to test the method)", said);
                    Assert.Contains("Warning: these answers are made up, to test the method", screen.Text("head"));
                    break;
            }
        }
    }

    [Fact]
    public void What_is_refused_is_refused_in_every_order_and_picture()
    {
        using var results = new ShownResults(_fixture.Path, "refused");
        var runs = results.Seen.At("runs").EnumerateArray().ToDictionary(run => run.Text("model"));
        Assert.Equal(4, runs.Count);
        foreach (var (model, run) in runs)
        {
            var why = model switch
            {
                "Silent-1B" => "Not a finding: 72.0 % of its probability is on no option, so that its answers say little.",
                "Loud-1B" => "Not a finding: the model is not shown to be nearer to any country than a random guesser.",
                _ => "",
            };
            var orders = run.At("orders").EnumerateObject().ToList();
            Assert.True(orders.Count >= 4, $"{model}: {orders.Count} orders");
            Assert.Equal(!model.StartsWith("oracle", StringComparison.Ordinal),
                orders.Any(order => order.Name.Contains("Hellinger", StringComparison.Ordinal)));
            foreach (var order in orders)
            {
                var where = $"{model} by {order.Name}";
                // What says little is in no order; its table has the numbers.
                Assert.True(model == "Silent-1B" == (order.Value.At("dots").GetInt32() == 0), where);
                Assert.StartsWith(why, order.Value.Text("said"));
                Assert.StartsWith(why, order.Value.Text("caption"));
                Assert.Equal(why.Length > 0, order.Value.Text("caption").Contains("Not a finding", StringComparison.Ordinal));
            }
            Assert.Equal(why, run.Text("reported", "said"));
            Assert.All(run.Texts("reported", "captions").Concat(run.Texts("topics")), caption => Assert.StartsWith(why, caption));
            Assert.NotEmpty(run.Texts("topics"));
            // Whom the numbers would put first is not said where they are no finding.
            Assert.False(why.Length > 0 && NamesNearest(run), model);
        }
        Assert.Contains(runs.Values, NamesNearest);

        static bool NamesNearest(JsonElement run) =>
            run.Text("reported", "text").Contains("comes out nearest", StringComparison.Ordinal);
    }

    [Fact]
    public void Their_paper_is_light_and_whole_and_asks_for_no_click()
    {
        using var results = new ShownResults(_fixture.Path, "printed");
        var sheets = results.Seen.At("sheets").EnumerateArray().ToList();
        Assert.Equal(4 * 2, sheets.Count);
        foreach (var sheet in sheets)
        {
            var where = $"{sheet.Text("model")} {sheet.At("width")}";
            // Drawn for the paper and not for the window: letters are as large as they are meant to be.
            Assert.True(sheet.At("widest").GetDouble() is > 500 and <= 704, $"{where}: {sheet.At("widest")} px");
            foreach (var fault in new[] { "cut", "over", "small", "empty", "closed", "orders", "dark" })
                Assert.True(sheet.Texts(fault).Length == 0, $"{where}, {fault}: {string.Join(" | ", sheet.Texts(fault).Distinct())}");
            Assert.Equal("rgb(255, 255, 255)", sheet.Text("background"));
            // A run that nothing is said of does not pass for one without data, nor an order of differences from it for a finding.
            Assert.Contains("Silent-1B, as itself: not a finding", sheet.Text("compared"));
            Assert.Equal(0, sheet.At("order").GetInt32());
            Assert.Equal(sheet.Text("model") == "Silent-1B", sheet.At("ranked").GetInt32() == 0);
        }
    }
}
