import pytest,re
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from tests.trips import searched
from trips.demo import history
pytestmark = pytest.mark.django_db
@pytest.fixture(scope="module", autouse=True)
def demonstration(django_db_setup, django_db_blocker):
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setitem(history.PARTS, "photos", lambda *given: None)
        call_command("load_demo", verbosity=0)
        searched.publish()
        yield
        transaction.set_rollback(True)
QS="""Guangdong
shanghai digital
vocational education
colleges
training bases
"training bases"
BYD
Southern University of Science and Technology
dalian maritime
smart manufacturing
embassy half-day
scholarship
quetzal feather
bridges
tea
Harb
polytech
viet
institut
Viet Nam
Việt Nam
Vietnam
Da Nang
Đà Nẵng
cafe
HUẾ
茶
职
深圳
大连
茶学院
大学城
教育厅
海事大学
智能制造
产教融合
中国东盟
中国—东盟中心
教育 上海
職業教育
廣東
雲南
交流週
SZPT
SUSTech
ICHEI
ACC
CEAIE
比亚迪
深职院
Shenzhen Polytechnic
Shenzhen Vocational and Technical College
深圳职业技术学院
Laos
Burma
Lao People’s Democratic Republic
Central Coast Polytechnic
Danang Trade School
中部沿海
shenzhen zhiye jishu daxue
shenzhenzhiye
dalian haishi
guangqi
zhongbu yanhai
岘港
ASEAN-China Center
Shenzhen 产教融合
Shenzen Polytecnic
Dalain
大连海是大学
Guizou
Dalain education
shenzen zhiye jishu
Cambodja
"*NEAR(
xyzzy""".splitlines()
def test_x():
    c=Client(); out=[]
    for q in QS:
        h=c.get("/en/search/",{"q":q}).content.decode()
        part=h.split('id="named"'); named=re.findall(r'rows__name">.*?<a href="/en/([^"]+)"',part[1].split('id="found"')[0]) if len(part)>1 else []
        sugg=re.findall(r'search/\?q=[^"]+">([^<]+)',h.split('suggest">')[1].split('</p>')[0]) if 'suggest">' in h else []
        out.append((q,re.findall(r'<h3><a href="/en/trips/([^"/]+)',h),named,sugg))
    open('/tmp/w/seek.hits.%s.txt'%__import__('django').db.connection.vendor,'w').write('\n'.join(map(repr,out)))
