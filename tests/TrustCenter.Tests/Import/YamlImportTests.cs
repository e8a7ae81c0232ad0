using System.Text;
using TrustCenter.Import;

namespace TrustCenter.Tests.Import;

/// <summary>Alone, because it measures: the processor's time of this process, which a busy machine does not lengthen.</summary>
[CollectionDefinition(nameof(MeasuredImport), DisableParallelization = true)]
public sealed class MeasuredImport;

[Trait("Case", "T-050")]
[Collection(nameof(MeasuredImport))]
public sealed class YamlImportTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    [Theory]
    [MemberData(nameof(InvalidYaml))]
    public void Invalid_yaml_is_an_error_that_names_a_line(string yaml)
    {
        using var folder = new ImportTestFolder(yaml);

        var reading = folder.Read();

        reading.MayApply.ShouldBeFalse(yaml);
        reading.Errors[0].File.ShouldBe("vendor.yaml");
        reading.Errors[0].Kind.ShouldBe("not readable YAML", yaml);
        reading.Errors[0].Row.ShouldNotBeNull().ShouldBeInRange(1, yaml.Count(c => c == '\n') + 1);
    }

    [Fact]
    public void Aliases_that_multiply_are_refused_at_their_first_anchor()
    {
        var bomb = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (var i = 1; i < 12; i++) bomb.Append($"a{i}: &a{i} [").AppendJoin(", ", Enumerable.Repeat($"*a{i - 1}", 9)).Append("]\n");
        Refused(bomb.ToString()).Row.ShouldBe(1);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("[\n")]
    [InlineData("{\"")]
    public void Ten_thousand_levels_are_refused_in_time(string opening)
    {
        Refused("name: x\nproducts: " + string.Concat(Enumerable.Repeat(opening, 10_000)));
        Refused(string.Concat(Enumerable.Repeat(opening, 10_000)));
    }

    [Fact]
    public void A_thousand_levels_of_indentation_are_refused_in_time()
    {
        var deep = new StringBuilder();
        for (var i = 0; i < 1_000; i++) deep.Append(' ', i).Append("a:\n");
        Refused(deep.ToString()).Row.ShouldBe(ImportLimits.YamlDepth + 1);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("'")]
    [InlineData("a")]
    [InlineData("# ")]
    [InlineData("- a\n")]
    [InlineData("a: b\n")]
    [InlineData(": ")]
    [InlineData("? a\n")]
    [InlineData("!a ")]
    [InlineData("%a b\n")]
    [InlineData("a\n\n")]
    [InlineData("|\n a\n")]
    [InlineData("- - - - a\n")]
    [InlineData("{a: b}, ")]
    [InlineData("[a, b], ")]
    [InlineData("\t")]
    [InlineData("\n")]
    [InlineData("---\n")]
    [InlineData("\\\"")]
    public void A_file_at_the_bound_is_refused_in_time(string part)
    {
        var many = new StringBuilder();
        while (many.Length < ImportLimits.Yaml - 100) many.Append(part);
        Refused(many.ToString());
        Refused("\"" + many);
        Refused("[" + many);
    }

    [Fact]
    public void A_file_over_the_bound_is_not_parsed()
    {
        Refused(new string('a', (int)ImportLimits.Yaml + 1)).Kind.ShouldBe("too long");
    }

    [Fact]
    public void Damaged_files_never_throw()
    {
        const string signs = "&*!|>%@`{}[],:?-#'\"\\\t\n ~<=0aé";
        var random = new Random(50);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(ImportTestFolder.Vendor);
            for (var n = random.Next(1, 8); n > 0; n--) bytes[random.Next(bytes.Length)] = (byte)signs[random.Next(signs.Length)];
            var log = new ProblemLog();
            if (YamlFile.Read(Encoding.Latin1.GetString(bytes), log.In("vendor.yaml")) is null)
                log.Reading(new ImportContent()).Errors.ShouldHaveSingleItem().Row.ShouldNotBeNull().ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void Words_that_other_readers_turn_into_values_stay_text()
    {
        using var folder = new ImportTestFolder("name: no\nhost: n1\nregions: [NO, 010, 1e3, \"~\", yes]\ntagline: ~\n");

        var vendor = folder.Read().Content.Vendor.ShouldNotBeNull();

        vendor.Name.ShouldBe("no");
        vendor.Regions.ShouldBe(["NO", "010", "1e3", "~", "yes"]);
        vendor.Tagline.ShouldBeNull();
    }

    public static TheoryData<string> InvalidYaml() => [.. InvalidYamlTexts.All];

    private static ImportProblem Refused(string yaml)
    {
        using var folder = new ImportTestFolder(yaml);
        var before = Environment.CpuUsage.TotalTime;
        var reading = folder.Read();
        (Environment.CpuUsage.TotalTime - before).ShouldBeLessThan(Longest);
        reading.MayApply.ShouldBeFalse();
        return reading.Errors[0];
    }
}
